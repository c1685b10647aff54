package io.plimsoll.risk.dependence;

import io.plimsoll.risk.scenario.Saturating;
import java.util.Collections;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * What leverage rests on, over some accounts.
 *
 * @param coins what is held and owed, by venue and asset
 * @param borrowed what is owed of one asset against another, micro-dollars
 * @param loops looped loans, by how far they are from unwinding
 */
public record DependenceSums(
        SortedMap<Coin, CoinSums> coins, SortedMap<Pledge, Long> borrowed, SortedMap<Loop, LoopSums> loops) {

    /** Nothing. */
    public static final DependenceSums NONE = new DependenceSums(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());

    /** An asset at a venue. */
    public record Coin(String venue, String asset) implements Comparable<Coin> {

        private static final Comparator<Coin> ORDER =
                Comparator.comparing(Coin::venue).thenComparing(Coin::asset);

        @Override
        public int compareTo(Coin other) {
            return ORDER.compare(this, other);
        }
    }

    /** A debt of one asset that stands against collateral of another. */
    public record Pledge(String venue, String collateral, String debt) implements Comparable<Pledge> {

        private static final Comparator<Pledge> ORDER = Comparator.comparing(Pledge::venue)
                .thenComparing(Pledge::collateral)
                .thenComparing(Pledge::debt);

        @Override
        public int compareTo(Pledge other) {
            return ORDER.compare(this, other);
        }
    }

    /** Looped loans of a family of assets. */
    public record Loop(String venue, String family, int bucket) implements Comparable<Loop> {

        private static final Comparator<Loop> ORDER =
                Comparator.comparing(Loop::venue).thenComparing(Loop::family).thenComparing(Loop::bucket);

        @Override
        public int compareTo(Loop other) {
            return ORDER.compare(this, other);
        }
    }

    public DependenceSums {
        coins = Collections.unmodifiableSortedMap(new TreeMap<>(coins));
        borrowed = Collections.unmodifiableSortedMap(new TreeMap<>(borrowed));
        loops = Collections.unmodifiableSortedMap(new TreeMap<>(loops));
    }

    /** Both together. */
    public DependenceSums plus(DependenceSums other) {
        return new DependenceSums(
                merged(coins, other.coins, CoinSums::plus),
                merged(borrowed, other.borrowed, Saturating::add),
                merged(loops, other.loops, LoopSums::plus));
    }

    private static <K, V> SortedMap<K, V> merged(SortedMap<K, V> one, SortedMap<K, V> other, BinaryOperator<V> plus) {
        SortedMap<K, V> all = new TreeMap<>(one);
        other.forEach((key, value) -> all.merge(key, value, plus));
        return all;
    }
}
