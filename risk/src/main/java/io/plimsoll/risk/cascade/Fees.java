package io.plimsoll.risk.cascade;

/**
 * What the venue takes from those who are liquidated: it goes to the fund that pays bad debt. Additive over the rungs of
 * the liquidation ladder.
 *
 * <p>In full, also of accounts with nothing left to pay from at the landing price: what such a venue hopes for, not what
 * is sure. {@link #NONE} is the cautious choice.
 */
public final class Fees {

    /** Nothing is taken. */
    public static final Fees NONE = new Fees(new double[0]);

    /** Of the first k rungs, at k. */
    private final double[] before;

    private Fees(double[] before) {
        this.before = before;
    }

    /**
     * A share of the notional at the trigger.
     *
     * @param rate fraction, >= 0
     * @param spot present price in the ladder's coordinate
     */
    public static Fees ofRate(
            TriggerLadder ladder, Reading reading, double lotSize, Settlement settlement, double rate, double spot) {
        Checks.atLeast0("rate", rate);
        double[] levels = ladder.levels(reading, spot);
        double[] perRung = new double[levels.length];
        for (int k = 0; k < levels.length; k++) {
            double notional = Math.abs(settlement.worth(ladder.direction().price(levels[k])));
            perRung[k] = (ladder.lotsOf(k + 1) - ladder.lotsOf(k)) * lotSize * notional * rate;
        }
        return of(perRung);
    }

    /** Known amounts of each rung, in the order in which they are reached, in the settle asset, >= 0. */
    public static Fees of(double[] perRung) {
        double[] before = new double[perRung.length + 1];
        for (int k = 0; k < perRung.length; k++) {
            Checks.atLeast0("fee", perRung[k]);
            before[k + 1] = before[k] + perRung[k];
        }
        return new Fees(before);
    }

    /** Taken by the time that so many rungs are reached, in the settle asset, >= 0. */
    public double collected(int rungs) {
        return before.length == 0 ? 0 : before[rungs];
    }
}
