package io.plimsoll.topology;

import io.plimsoll.topology.measures.MeasureGroup;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What concerns measures of markets.
 *
 * @param publish wall-clock time between two records of one market
 * @param groups what is measured
 */
public record MeasureSettings(Duration publish, Set<MeasureGroup> groups) {

    /** What is used unless told otherwise. */
    public static final MeasureSettings DEFAULT =
            new MeasureSettings(Duration.ofSeconds(1), EnumSet.allOf(MeasureGroup.class));

    private static final Set<MeasureGroup> OF_DISTRIBUTIONS =
            EnumSet.of(MeasureGroup.DISTRIBUTION, MeasureGroup.SKEW, MeasureGroup.BORROWED, MeasureGroup.EFFICIENCY);

    public MeasureSettings {
        groups = Set.copyOf(groups);
    }

    /** Whether a group asks how leverage and sizes are distributed. */
    public boolean needDistributions() {
        return !Collections.disjoint(groups, OF_DISTRIBUTIONS);
    }
}
