package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.CycleMeasures;
import io.plimsoll.schemas.avro.CyclePhase;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Metrics of the leverage cycle, of a market or of markets added up. */
final class CycleMetrics {

    static final MetricGroup<SystemMeasureSet> OF_SYSTEM =
            addTo(new MetricGroup<>("system-measures"), SystemMeasureSet::getCycle, SystemMeasureSet::getAsOfMs);

    private CycleMetrics() {}

    /**
     * Adds them to those of a type of record.
     *
     * @param cycle the record's cycle; null where it has none
     * @param asOfMs the record's event time
     */
    static <R> MetricGroup<R> addTo(
            MetricGroup<R> group, Function<R, @Nullable CycleMeasures> cycle, ToLongFunction<R> asOfMs) {
        return group.add(
                        "crowdedForMs",
                        Unit.MILLISECONDS,
                        "cycle.phaseSinceMs",
                        "How long it has been crowded; 0 where it is not.",
                        record -> lasts(cycle.apply(record), CyclePhase.CROWDED, asOfMs.applyAsLong(record)))
                .add(
                        "deleveragingForMs",
                        Unit.MILLISECONDS,
                        "cycle.phaseSinceMs",
                        "How long it has been deleveraging; 0 where it is not.",
                        record -> lasts(cycle.apply(record), CyclePhase.DELEVERAGING, asOfMs.applyAsLong(record)))
                .add(
                        "openInterestTrendScore",
                        Unit.DEVIATIONS,
                        "cycle.openInterestTrendScore",
                        "How unusual the day's change of open interest is.",
                        record -> {
                            CycleMeasures its = cycle.apply(record);
                            return its == null ? Double.NaN : MetricGroup.known(its.getOpenInterestTrendScore());
                        });
    }

    /** At least a millisecond where the phase is in force; NaN where none is known. */
    private static double lasts(@Nullable CycleMeasures cycle, CyclePhase phase, long asOfMs) {
        if (cycle == null || cycle.getPhase() == null) {
            return Double.NaN;
        }
        return cycle.getPhase() == phase ? Math.max(1, asOfMs - cycle.getPhaseSinceMs()) : 0;
    }
}
