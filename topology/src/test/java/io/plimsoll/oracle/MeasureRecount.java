package io.plimsoll.oracle;

import io.plimsoll.oracle.MeasuredPositions.Range;
import io.plimsoll.schemas.avro.BorrowedMeasures;
import io.plimsoll.schemas.avro.CarryMeasures;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ForcedAgainstDepth;
import io.plimsoll.schemas.avro.LiquidityMeasures;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.PayingSide;
import io.plimsoll.schemas.avro.SkewMeasures;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What of a market's measures follows from its positions and its price, from a list of its positions: all of distribution,
 * borrowed and carry, of skew all but the score, of liquidity what is forced. Nothing is remembered, and where no depth is
 * known, nothing rests on it.
 */
final class MeasureRecount {

    /** Lines beyond are not told apart. */
    private static final double FARTHEST_LINE = 1e12;

    private static final double[] DISTANCES = {0.01, 0.02, 0.05};

    private final MarketRecount market;
    private final MeasuredPositions positions;
    private final WrongNumbers wrong;

    MeasureRecount(MarketRecount market) {
        this.market = market;
        this.positions = MeasuredPositions.of(market);
        this.wrong = new WrongNumbers(
                market.instrument().getVenue() + ":" + market.instrument().getSymbol());
    }

    /** A line for each number that is wrong. */
    List<String> differences(MeasureSet actual) {
        boolean isOption = market.instrument().getKind() == ContractKind.OPTION;
        if (actual.getDistribution() == null
                || actual.getSkew() == null
                || actual.getCarry() == null
                || (!isOption && (actual.getBorrowed() == null || actual.getLiquidity() == null))) {
            return positions.all().isEmpty() ? List.of() : List.of("a group is missing");
        }
        if (positions.all().stream().anyMatch(its -> Math.abs(1 - its.share()) * market.valuation() > FARTHEST_LINE)) {
            return List.of();
        }
        new DistributionRecount(market, positions, wrong).check(actual.getDistribution());
        check(actual.getSkew());
        check(actual.getCarry());
        wrong.expectEqual("borrowed of an option", isOption, actual.getBorrowed() == null);
        wrong.expectEqual("liquidity of an option", isOption, actual.getLiquidity() == null);
        if (!isOption) {
            check(actual.getBorrowed());
            check(actual.getLiquidity());
            if (actual.getLiquidity().getDepthState() == DepthQuality.MISSING) {
                checkWithoutDepth(actual.getBorrowed(), actual.getLiquidity());
            }
        }
        return wrong.lines();
    }

    private void check(SkewMeasures skew) {
        SideRecount longs = market.side(true);
        SideRecount shorts = market.side(false);
        checkRange("longMeanLeverage", positions.meanRange(true), skew.getLongMeanLeverage());
        checkRange("shortMeanLeverage", positions.meanRange(false), skew.getShortMeanLeverage());
        checkRange(
                "meanLeverageSkew",
                skewOf(positions.meanRange(true), positions.meanRange(false)),
                skew.getMeanLeverageSkew());
        checkRange(
                "medianLeverageSkew",
                skewOf(positions.medianRange(true), positions.medianRange(false)),
                skew.getMedianLeverageSkew());
        wrong.expectRatio(
                "longShortPositions",
                Exact.ratio(BigInteger.valueOf(longs.positions()), BigInteger.valueOf(shorts.positions())),
                skew.getLongShortPositions());
        wrong.expectRatio(
                "longShortNotional", Exact.ratio(longs.notional(), shorts.notional()), skew.getLongShortNotional());
        wrong.expectRatio(
                "longShortEquity",
                longs.equity().signum() <= 0 ? null : Exact.ratio(longs.equity(), shorts.equity()),
                skew.getLongShortEquity());
    }

    private void checkRange(String field, @Nullable Range range, @Nullable Double actual) {
        boolean right = range == null
                ? actual == null
                : range.isAnywhere() || (actual != null && actual >= range.low() && actual <= range.high());
        wrong.expect(field, right, range, actual);
    }

    /** Rises with the longs' leverage and falls with the shorts'. */
    private static @Nullable Range skewOf(@Nullable Range longs, @Nullable Range shorts) {
        if ((longs != null && longs.isAnywhere()) || (shorts != null && shorts.isAnywhere())) {
            return Range.ANYWHERE;
        }
        return longs == null || shorts == null
                ? null
                : new Range(skewOf(longs.low(), shorts.high()), skewOf(longs.high(), shorts.low()));
    }

    private static double skewOf(double longs, double shorts) {
        return (longs - shorts) / (longs + shorts);
    }

    private void check(CarryMeasures carry) {
        Double rate8h = market.fundingRate8h();
        Double rate = rate8h == null ? null : (Double) (rate8h / 8);
        wrong.expectRatio("fundingRate1h", rate, carry.getFundingRate1h());
        wrong.expectRatio(
                "fundingRateYear", rate == null ? null : (Double) (rate * 365 * 24), carry.getFundingRateYear());
        for (boolean isLong : new boolean[] {true, false}) {
            SideRecount side = market.side(isLong);
            Double perHour = rate == null ? null : (Double) ((isLong ? 1 : -1) * rate * Exact.wireUsd(side.notional()));
            wrong.expectRatio(
                    "fundingUsdPerHour, long " + isLong,
                    perHour,
                    isLong ? carry.getLongFundingUsdPerHour() : carry.getShortFundingUsdPerHour());
            double equity = Exact.wireUsd(side.equity());
            wrong.expectRatio(
                    "fundingShareOfEquityPerDay, long " + isLong,
                    perHour == null || equity <= 0 ? null : (Double) (24 * perHour / equity),
                    isLong ? carry.getLongFundingShareOfEquityPerDay() : carry.getShortFundingShareOfEquityPerDay());
        }
        if (rate == null || rate == 0) {
            wrong.expectEqual("payingSide", PayingSide.NEITHER, carry.getPayingSide());
            wrong.expectEqual("weakestPayersMs", null, carry.getWeakestPayersMs());
        } else {
            wrong.expectEqual("payingSide", rate > 0 ? PayingSide.LONG : PayingSide.SHORT, carry.getPayingSide());
            checkWeakest(carry.getWeakestPayersMs(), rate);
        }
    }

    private void checkWeakest(@Nullable Long actual, double ratePerHour) {
        List<MeasuredPosition> paying = positions.side(ratePerHour > 0);
        ToDoubleFunction<MeasuredPosition> distance = its -> Math.max(0, Math.signum(ratePerHour) * (1 - line(its)));
        List<MeasuredPosition> nearest = paying.stream()
                .filter(MeasuredPosition::hasLine)
                .sorted(Comparator.comparingDouble(distance))
                .toList();
        BigInteger all = paying.stream().map(MeasuredPosition::lots).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger reached = BigInteger.ZERO;
        for (MeasuredPosition its : nearest) {
            reached = reached.add(its.lots());
            if (reached.multiply(BigInteger.valueOf(20)).compareTo(all) >= 0) {
                double perMs = Math.abs(ratePerHour) / 3_600_000;
                double expected = distance.applyAsDouble(its) / perMs;
                double error = (MeasuredPosition.HALF_CELL * line(its) + MeasuredPosition.ROUNDING) / perMs + 1;
                wrong.expect(
                        "weakestPayersMs", actual != null && Math.abs(actual - expected) <= error, expected, actual);
                return;
            }
        }
        wrong.expectEqual("weakestPayersMs", null, actual);
    }

    /** Liquidation price over the present one. */
    private double line(MeasuredPosition its) {
        return Objects.requireNonNull(its.position().liquidation().price()).doubleValue() / market.valuation();
    }

    private void check(BorrowedMeasures borrowed) {
        double longs = checkBorrowed(true, borrowed.getLongBorrowedUsd(), borrowed.getLongBorrowedShare());
        double shorts = checkBorrowed(false, borrowed.getShortBorrowedUsd(), borrowed.getShortBorrowedShare());
        wrong.expectRatio("borrowedShare", share(longs + shorts, positions.all()), borrowed.getBorrowedShare());
    }

    private void checkWithoutDepth(BorrowedMeasures borrowed, LiquidityMeasures liquidity) {
        wrong.expectEqual("longBorrowedToBids", null, borrowed.getLongBorrowedToBids());
        wrong.expectEqual("shortBorrowedToOffers", null, borrowed.getShortBorrowedToOffers());
        for (ForcedAgainstDepth band : liquidity.getBands()) {
            wrong.expectEqual("saleShots", null, band.getSaleShots());
            wrong.expectEqual("purchaseShots", null, band.getPurchaseShots());
        }
    }

    /** Holds money against each position, and the share against that money, which it gives back. */
    private double checkBorrowed(boolean isLong, double usd, @Nullable Double share) {
        List<MeasuredPosition> side = positions.side(isLong);
        wrong.expectBetween(
                "borrowedUsd, long " + isLong,
                MeasuredPositions.sum(side, any -> true, its -> unpaid(its, its.share() + its.error())),
                MeasuredPositions.sum(side, any -> true, its -> unpaid(its, its.share() - its.error())),
                usd);
        wrong.expectRatio("borrowedShare, long " + isLong, share(usd, side), share);
        return usd;
    }

    private static double unpaid(MeasuredPosition its, double share) {
        return its.notionalUsd() * (1 - Math.min(1, Math.max(0, share)));
    }

    private static @Nullable Double share(double usd, List<MeasuredPosition> positions) {
        double notional = MeasuredPositions.sum(positions, any -> true, MeasuredPosition::notionalUsd);
        return notional == 0 ? null : (Double) (usd / notional);
    }

    private void check(LiquidityMeasures liquidity) {
        wrong.expectEqual(
                "bands of depth", DISTANCES.length, liquidity.getBands().size());
        for (int i = 0; i < DISTANCES.length; i++) {
            ForcedAgainstDepth band = liquidity.getBands().get(i);
            wrong.expectEqual("distance", DISTANCES[i], band.getDistance());
            checkForced("forcedSaleUsd", true, 1 - DISTANCES[i], band.getForcedSaleUsd());
            checkForced("forcedPurchaseUsd", false, 1 + DISTANCES[i], band.getForcedPurchaseUsd());
        }
    }

    private void checkForced(String field, boolean isLong, double factor, double actual) {
        double edge = market.valuation() * factor;
        List<MeasuredPosition> side = positions.side(isLong);
        wrong.expectBetween(
                field + " at " + factor,
                MeasuredPositions.sum(side, its -> its.isSurelyForcedAt(edge), MeasuredPosition::notionalUsd),
                MeasuredPositions.sum(side, its -> its.mayBeForcedAt(edge), MeasuredPosition::notionalUsd),
                actual);
    }
}
