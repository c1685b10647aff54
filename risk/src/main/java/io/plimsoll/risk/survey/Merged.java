package io.plimsoll.risk.survey;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Sorted maps as values. */
final class Merged {

    private Merged() {}

    static <K, V> SortedMap<K, V> of(SortedMap<K, V> one, SortedMap<K, V> other, BinaryOperator<V> plus) {
        SortedMap<K, V> all = new TreeMap<>(one);
        other.forEach((key, value) -> all.merge(key, value, plus));
        return all;
    }

    static <K, V> SortedMap<K, V> frozen(SortedMap<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
