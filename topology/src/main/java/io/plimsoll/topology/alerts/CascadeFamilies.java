package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.ShockDirection;
import io.plimsoll.schemas.avro.ShockOutcome;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Families of metrics of cascade risk, by direction and shock, and where in the record they are found. */
final class CascadeFamilies {

    static final int[] SHOCKS_PERCENT = {1, 2, 5, 10, 20};

    /** Share of the depth that is taken to be there. */
    static final double THIN = 0.3;

    private static final double WHOLE = 1;

    private CascadeFamilies() {}

    /** Adds one metric for each direction, of the outcome with the whole depth. */
    static void each(
            MetricGroup<CascadeRisk> group,
            String family,
            Unit unit,
            String from,
            String meaning,
            ToDoubleFunction<CascadeOutcome> reading) {
        for (ShockDirection direction : ShockDirection.values()) {
            group.add(name(family, direction), unit, from, meaning, risk -> of(outcome(risk, direction), reading));
        }
    }

    /** The same for each direction and shock. */
    static void eachShock(
            MetricGroup<CascadeRisk> group,
            String family,
            Unit unit,
            String from,
            String meaning,
            ToDoubleFunction<ShockOutcome> reading) {
        for (int percent : SHOCKS_PERCENT) {
            for (ShockDirection direction : ShockDirection.values()) {
                group.add(
                        name(family + percent, direction),
                        unit,
                        from,
                        meaning,
                        risk -> of(shock(outcome(risk, direction), percent), reading));
            }
        }
    }

    /** A family's metric of a direction. */
    static String name(String family, ShockDirection direction) {
        return family + (direction == ShockDirection.FALL ? "Down" : "Up");
    }

    /** The reading, NaN of nothing. */
    static <T> double of(@Nullable T found, ToDoubleFunction<T> reading) {
        return found == null ? Double.NaN : reading.applyAsDouble(found);
    }

    /** With the whole depth; null where there is none. */
    static @Nullable CascadeOutcome outcome(CascadeRisk risk, ShockDirection direction) {
        return outcome(risk, direction, WHOLE);
    }

    /** With a share of the depth. */
    static @Nullable CascadeOutcome outcome(CascadeRisk risk, ShockDirection direction, double haircut) {
        for (CascadeOutcome outcome : risk.getOutcomes()) {
            if (outcome.getDirection() == direction && outcome.getDepthHaircut() == haircut) {
                return outcome;
            }
        }
        return null;
    }

    /** Of a shock in percent; null where there is none. */
    static @Nullable ShockOutcome shock(@Nullable CascadeOutcome outcome, int percent) {
        if (outcome != null) {
            for (ShockOutcome shock : outcome.getShocks()) {
                if (Math.round(Math.abs(shock.getShock()) * 100) == percent) {
                    return shock;
                }
            }
        }
        return null;
    }
}
