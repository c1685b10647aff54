package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market's measures at its quote. Costs the same however many positions there are: sums are linear in the price.
 *
 * @param longs the long side
 * @param shorts the short side
 * @param openInterest the larger side's size, base units
 * @param openInterestMicroUsd the larger side's notional
 * @param netSize longs less shorts, base units
 * @param leverage both notionals / both equities; null where there is no position, or equity is not above 0
 * @param hhi Herfindahl index of sizes, 0 to 1; null where there is no position
 * @param topShares shares of the largest 1, 5, 10 and 20 positions in gross size; empty where there is no position
 * @param tailSkew share near liquidation by distance
 * @param venueLines the venue's own liquidation prices among its positions
 * @param unliquidatableSize size that no price liquidates, base units
 */
public record MarketMeasures(
        MarketQuote quote,
        SideMeasures longs,
        SideMeasures shorts,
        double openInterest,
        long openInterestMicroUsd,
        double netSize,
        @Nullable Double leverage,
        @Nullable Double hhi,
        List<Double> topShares,
        List<Tail> tailSkew,
        VenueLines venueLines,
        double unliquidatableSize) {

    /** Version of the formulas; rises whenever a published number would come out differently. */
    public static final int FORMULA_VERSION = 2;

    private static final int[] TOPS = {1, 5, 10, 20};
    private static final double[] TAIL_DISTANCES = {0.01, 0.02, 0.05, 0.1};

    /**
     * Shares of each side that a move of a given distance against it liquidates.
     *
     * @param distance fraction of the mark price
     * @param longShare share of long size with its line within the distance below the mark, or above it
     * @param shortShare share of short size with its line within the distance above the mark, or below it
     * @param skew longShare - shortShare
     */
    public record Tail(
            double distance,
            @Nullable Double longShare,
            @Nullable Double shortShare,
            @Nullable Double skew) {}

    /**
     * Measures a market.
     *
     * @throws ArithmeticException where a notional is beyond +-9.2e12 USD
     */
    public static MarketMeasures of(BookSums sums, Ladder liquidation, Contract contract, MarketQuote quote) {
        SideMeasures longs = SideMeasures.of(Side.LONG, sums.longs(), contract, quote);
        SideMeasures shorts = SideMeasures.of(Side.SHORT, sums.shorts(), contract, quote);
        long gross = sums.grossLots();
        return new MarketMeasures(
                quote,
                longs,
                shorts,
                Math.max(longs.size(), shorts.size()),
                Math.max(longs.notionalMicroUsd(), shorts.notionalMicroUsd()),
                contract.baseUnits(sums.longs().lots() - sums.shorts().lots(), quote.markPrice()),
                Leverage.of(
                        Math.addExact(longs.notionalMicroUsd(), shorts.notionalMicroUsd()),
                        Math.addExact(longs.equityMicroUsd(), shorts.equityMicroUsd())),
                gross == 0 ? null : (Double) (sums.squaredLots().doubleValue() / ((double) gross * (double) gross)),
                gross == 0 ? List.of() : topShares(sums.largestLots(), gross),
                tails(sums, liquidation, quote.markPrice()),
                sums.venueLines(),
                contract.baseUnits(
                        Math.addExact(
                                sums.longs().unliquidatableLots(), sums.shorts().unliquidatableLots()),
                        quote.markPrice()));
    }

    /** (L - S) / (L + S) of the sides' leverages; null where one of them is. */
    public @Nullable Double leverageSkew() {
        return Leverage.skew(longs.leverage(), shorts.leverage());
    }

    /** ln(L / S) of the sides' leverages; null where one of them is. */
    public @Nullable Double leverageLogRatio() {
        return Leverage.logRatio(longs.leverage(), shorts.leverage());
    }

    private static List<Double> topShares(List<Long> largest, long gross) {
        List<Double> shares = new ArrayList<>(TOPS.length);
        for (int top : TOPS) {
            long sum = 0;
            for (int i = 0; i < top && i < largest.size(); i++) {
                sum += largest.get(i);
            }
            shares.add((double) sum / (double) gross);
        }
        return shares;
    }

    private static List<Tail> tails(BookSums sums, Ladder liquidation, double markPrice) {
        List<Tail> tails = new ArrayList<>(TAIL_DISTANCES.length);
        for (double distance : TAIL_DISTANCES) {
            Double longShare = share(
                    liquidation.longLotsFrom(PriceGrid.LADDER.cell(markPrice * (1 - distance))),
                    sums.longs().lots());
            Double shortShare = share(
                    liquidation.shortLotsUpTo(PriceGrid.LADDER.cell(markPrice * (1 + distance))),
                    sums.shorts().lots());
            tails.add(new Tail(
                    distance,
                    longShare,
                    shortShare,
                    longShare == null || shortShare == null ? null : (Double) (longShare - shortShare)));
        }
        return tails;
    }

    private static @Nullable Double share(long part, long whole) {
        return whole == 0 ? null : (Double) ((double) part / (double) whole);
    }
}
