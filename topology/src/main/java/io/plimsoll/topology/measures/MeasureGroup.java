package io.plimsoll.topology.measures;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Groups of measures, each of which can be switched off. */
public enum MeasureGroup {
    VOLATILITY,
    LIQUIDITY,
    CYCLE,
    DISTRIBUTION,
    SKEW,
    CARRY,
    BORROWED,
    EFFICIENCY;

    private static final String ALL = "all";
    private static final String NONE = "none";

    /** As it is written in settings, and its field in the record. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a list may be, as the end of the sentence "allowed is ...". */
    public static String allowed() {
        return ALL + ", " + NONE + ", or some of " + texts() + ", separated by commas";
    }

    /** The groups of a list: all, none, or their names. Empty for a list that is not allowed, unless it says none. */
    public static Set<MeasureGroup> of(String list) {
        if (list.equals(ALL)) {
            return EnumSet.allOf(MeasureGroup.class);
        }
        Set<String> named = Arrays.stream(list.split(",")).map(String::trim).collect(Collectors.toSet());
        Set<MeasureGroup> groups = Arrays.stream(values())
                .filter(group -> named.contains(group.text()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(MeasureGroup.class)));
        return groups.size() == named.size() ? groups : EnumSet.noneOf(MeasureGroup.class);
    }

    /** Whether a list is one. */
    public static boolean isList(String list) {
        return list.equals(NONE) || !of(list).isEmpty();
    }

    private static String texts() {
        return Arrays.stream(values()).map(MeasureGroup::text).collect(Collectors.joining(", "));
    }
}
