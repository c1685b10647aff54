package io.plimsoll.risk.efficiency;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.EquityLine;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * Positions of one side whose leverage, notional over own equity, is in one band at a price. Sums of lots times what an equity
 * line says of them: what several books hold adds up.
 *
 * @param from lowest leverage, inside; infinite where equity is not above 0
 * @param below highest, outside
 * @param notionalUsd at the price, USD, >= 0
 * @param equityUsd own equity at the price, USD; below 0 or 0 where {@code from} is infinite, elsewhere above
 * @param ownUsd part of the notional that own equity pays for, USD; at most the notional of each position
 */
public record LeverageCohort(
        Side side, double from, double below, double notionalUsd, double equityUsd, double ownUsd) {

    /** Edges of the bands; behind the last one are positions without equity. */
    private static final double[] EDGES = {0, 2, 5, 10, 20, Double.POSITIVE_INFINITY};

    /** Cohorts of a side. */
    public static final int COUNT = EDGES.length;

    /**
     * The cohorts of a side at a price, by rising leverage, those without equity last.
     *
     * @param equityLines by cell of the equity line, rising
     * @param markPrice quote units per base unit, > 0
     * @param quoteUsd US dollars per unit of the quote asset, > 0
     */
    public static List<LeverageCohort> of(
            Side side, Contract contract, List<Ladder.Rung> equityLines, double markPrice, double quoteUsd) {
        int direction = EquityLine.direction(side, contract.shape());
        double price = EquityLine.price(markPrice, contract.shape());
        long[] lots = new long[COUNT];
        double[] equityLots = new double[COUNT];
        double[] ownLots = new double[COUNT];
        for (Ladder.Rung rung : equityLines) {
            long its = side == Side.LONG ? rung.longLots() : rung.shortLots();
            double share = direction * (1 - EquityLine.middle(rung.bucket()) / price);
            int cohort = cohort(share);
            lots[cohort] = Math.addExact(lots[cohort], its);
            equityLots[cohort] += its * share;
            ownLots[cohort] += its * Math.max(0, Math.min(1, share));
        }
        double usdPerLot = contract.baseUnits(1, markPrice) * markPrice * quoteUsd;
        List<LeverageCohort> cohorts = new ArrayList<>(COUNT);
        for (int i = 0; i < COUNT; i++) {
            cohorts.add(new LeverageCohort(
                    side, from(i), below(i), lots[i] * usdPerLot, equityLots[i] * usdPerLot, ownLots[i] * usdPerLot));
        }
        return cohorts;
    }

    /** Lowest leverage of a cohort by its place; infinite in the last, whose positions have no equity. */
    public static double from(int place) {
        return EDGES[place];
    }

    /** What leverages of the cohort are below; infinite: no end. */
    public static double below(int place) {
        return EDGES[Math.min(place + 1, COUNT - 1)];
    }

    /** Part of the notional that stands on borrowed money: what own equity does not pay for, USD, >= 0. */
    public double borrowedUsd() {
        return Math.max(0, notionalUsd - ownUsd);
    }

    /** The cohort of a share of own equity in the notional, which is one over the leverage. */
    private static int cohort(double share) {
        if (share <= 0) {
            return COUNT - 1;
        }
        int cohort = 0;
        while (cohort + 2 < COUNT && 1 / share >= EDGES[cohort + 1]) {
            cohort++;
        }
        return cohort;
    }
}
