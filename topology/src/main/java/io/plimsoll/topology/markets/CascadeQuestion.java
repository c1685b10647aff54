package io.plimsoll.topology.markets;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.schemas.avro.CascadeRisk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cascade that is asked for, in a market whose inputs are stored: the same computation as that of the published record,
 * on the very inputs of it.
 *
 * @param shock change of the price that starts it, fraction: {@link #LEAST} or more in size, above -1, up to
 *     {@link #HIGHEST}; null: the published ones, both ways
 * @param depthHaircut share of the depth that remains, 0 < haircut <= 1; null: the published ones
 */
public record CascadeQuestion(
        @Nullable Double shock, @Nullable Double depthHaircut) {

    /** Smallest size of a shock. As it goes to 0, amplification has no limit. */
    public static final double LEAST = 0.0001;

    /** Highest shock: ten times the price. */
    public static final double HIGHEST = 9;

    public CascadeQuestion {
        if (shock != null && !isShock(shock)) {
            throw new IllegalArgumentException("shock is " + shock + ", allowed is above -1, at most " + HIGHEST
                    + ", and at least " + LEAST + " in size");
        }
        if (depthHaircut != null && !isHaircut(depthHaircut)) {
            throw new IllegalArgumentException("depthHaircut is " + depthHaircut + ", allowed is above 0, at most 1");
        }
    }

    /** Whether a shock can be asked for. */
    public static boolean isShock(double shock) {
        return shock > -1 && shock <= HIGHEST && Math.abs(shock) >= LEAST;
    }

    /** Whether a share of the depth can be asked for. */
    public static boolean isHaircut(double depthHaircut) {
        return depthHaircut > 0 && depthHaircut <= 1;
    }

    /** The published record with what is asked as its outcomes; they are empty where nothing is known of the impact. */
    public CascadeRisk answer(CascadeMoment moment) {
        return CascadeRecords.of(moment, directions(), haircuts(), shocks());
    }

    private List<Direction> directions() {
        return shock == null ? List.of(Direction.values()) : List.of(shock < 0 ? Direction.FALL : Direction.RISE);
    }

    private double[] haircuts() {
        return depthHaircut == null ? CascadeRecords.HAIRCUTS : new double[] {depthHaircut};
    }

    private double[] shocks() {
        return shock == null ? CascadeRecords.SHOCKS : new double[] {Math.abs(shock)};
    }
}
