package io.plimsoll.risk.volatility;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What of a market's positions is to be expected to reach its liquidation line within an hour, and within a day: the sum
 * over the ladder's buckets of notional x chance that the price passes the bucket's middle. Adds up over buckets, sides and
 * slices of accounts of one market; not over markets, whose prices move together.
 *
 * @param longs all longs that have a line
 * @param shorts all shorts that have a line
 * @param bands the same by distance of the line from the mark price, the nearest first
 */
public record LeverageAtRisk(Expected longs, Expected shorts, List<Band> bands) {

    /** Where bands end, fractions of the mark price; the last one has no end. */
    private static final double[] EDGES = {0.01, 0.02, 0.05, 0.1, 0.2, 0.5};

    private static final double HOUR_OF_YEAR = Duration.ofHours(1).toMillis() / RealisedVolatility.YEAR_MS;
    private static final double DAY_OF_YEAR = RealisedVolatility.DAY_MS / RealisedVolatility.YEAR_MS;

    /**
     * Notional, and how much of it is to be expected to be liquidated.
     *
     * @param notionalUsd at the mark price, USD, >= 0
     * @param hourUsd within an hour, USD, >= 0, at most the notional
     * @param dayUsd within a day, USD, >= 0, at most the notional
     */
    public record Expected(double notionalUsd, double hourUsd, double dayUsd) {

        private static final Expected NONE = new Expected(0, 0, 0);

        private Expected plus(double usd, double hourChance, double dayChance) {
            return new Expected(notionalUsd + usd, hourUsd + usd * hourChance, dayUsd + usd * dayChance);
        }
    }

    /**
     * Lines at distances of that range. Lines that the price has passed already are at distance 0.
     *
     * @param from lower edge, fraction of the mark price
     * @param to upper edge; infinity for the last
     */
    public record Band(double from, double to, Expected longs, Expected shorts) {}

    public LeverageAtRisk {
        bands = List.copyOf(bands);
    }

    /**
     * Measures a ladder.
     *
     * @param rungs by liquidation price, rising
     * @param markPrice quote units, > 0
     * @param quoteUsd US dollars per quote unit, > 0
     * @param annualVolatility fraction, >= 0
     */
    public static LeverageAtRisk of(
            List<Ladder.Rung> rungs, Contract contract, double markPrice, double quoteUsd, double annualVolatility) {
        double hour = annualVolatility * Math.sqrt(HOUR_OF_YEAR);
        double day = annualVolatility * Math.sqrt(DAY_OF_YEAR);
        double perBase = markPrice * quoteUsd;
        Expected[] longs = none();
        Expected[] shorts = none();
        for (Ladder.Rung rung : rungs) {
            double line = PriceGrid.LADDER.middle(rung.bucket());
            double rise = StrictMath.log(line / markPrice);
            if (rung.longLots() != 0) {
                double usd = contract.baseUnits(rung.longLots(), markPrice) * perBase;
                int band = band(Math.max(0, 1 - line / markPrice));
                longs[band] = longs[band].plus(
                        usd, FirstPassage.probability(-rise, hour), FirstPassage.probability(-rise, day));
            }
            if (rung.shortLots() != 0) {
                double usd = contract.baseUnits(rung.shortLots(), markPrice) * perBase;
                int band = band(Math.max(0, line / markPrice - 1));
                shorts[band] = shorts[band].plus(
                        usd, FirstPassage.probability(rise, hour), FirstPassage.probability(rise, day));
            }
        }
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i <= EDGES.length; i++) {
            bands.add(new Band(
                    i == 0 ? 0 : EDGES[i - 1],
                    i == EDGES.length ? Double.POSITIVE_INFINITY : EDGES[i],
                    longs[i],
                    shorts[i]));
        }
        return new LeverageAtRisk(sum(longs), sum(shorts), bands);
    }

    private static Expected[] none() {
        Expected[] bands = new Expected[EDGES.length + 1];
        Arrays.fill(bands, Expected.NONE);
        return bands;
    }

    private static Expected sum(Expected[] bands) {
        double notional = 0;
        double hour = 0;
        double day = 0;
        for (Expected band : bands) {
            notional += band.notionalUsd();
            hour += band.hourUsd();
            day += band.dayUsd();
        }
        return new Expected(notional, hour, day);
    }

    private static int band(double distance) {
        int band = 0;
        while (band < EDGES.length && distance > EDGES[band]) {
            band++;
        }
        return band;
    }
}
