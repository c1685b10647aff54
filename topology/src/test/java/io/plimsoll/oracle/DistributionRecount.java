package io.plimsoll.oracle;

import io.plimsoll.schemas.avro.DistributionMeasures;
import io.plimsoll.schemas.avro.LeverageBand;
import io.plimsoll.schemas.avro.LeverageQuantile;
import io.plimsoll.schemas.avro.MarginTier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * How leverage and sizes are spread over a market, from a list of its positions. Of each the share of its notional that is its
 * own equity, which is one over its leverage, is known exactly; what is published may be off by half a cell of where that
 * equity ends.
 */
final class DistributionRecount {

    private static final double GINI_ERROR = 0.0039;
    private static final double[] QUANTILES = {0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};
    private static final double[] EDGES = {0, 1, 2, 3, 5, 10, 20, 50, 100};

    private final MarketRecount market;
    private final MeasuredPositions positions;
    private final WrongNumbers wrong;

    DistributionRecount(MarketRecount market, MeasuredPositions positions, WrongNumbers wrong) {
        this.market = market;
        this.positions = positions;
        this.wrong = wrong;
    }

    void check(DistributionMeasures distribution) {
        List<Double> quantiles = distribution.getQuantiles().stream()
                .map(LeverageQuantile::getQuantile)
                .toList();
        wrong.expectEqual("quantiles", DoubleStream.of(QUANTILES).boxed().toList(), quantiles);
        distribution.getQuantiles().forEach(this::check);
        List<Double> edges =
                distribution.getBands().stream().map(LeverageBand::getFrom).toList();
        wrong.expectEqual("bands", DoubleStream.of(EDGES).boxed().toList(), edges);
        distribution.getBands().forEach(this::check);
        for (boolean isLong : new boolean[] {true, false}) {
            checkSums(isLong, distribution);
            checkMax(isLong, distribution);
        }
        checkGini(distribution.getGini());
    }

    private void check(LeverageQuantile quantile) {
        int percent = (int) Math.round(quantile.getQuantile() * 100);
        check("longByNotional", percent, true, quantile.getLongByNotional(), lots());
        check("shortByNotional", percent, false, quantile.getShortByNotional(), lots());
        check("longByPositions", percent, true, quantile.getLongByPositions(), held -> BigInteger.ONE);
        check("shortByPositions", percent, false, quantile.getShortByPositions(), held -> BigInteger.ONE);
    }

    private interface Weight {
        BigInteger of(MeasuredPosition held);
    }

    private static Weight lots() {
        return MeasuredPosition::lots;
    }

    private void check(String field, int percent, boolean isLong, @Nullable Double leverage, Weight weight) {
        List<MeasuredPosition> rising = positions.side(isLong).stream()
                .sorted(Comparator.comparingDouble((MeasuredPosition held) -> -held.share()))
                .toList();
        BigInteger all = rising.stream().map(weight::of).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger reached = BigInteger.ZERO;
        for (MeasuredPosition held : rising) {
            reached = reached.add(weight.of(held));
            if (reached.multiply(BigInteger.valueOf(100)).compareTo(all.multiply(BigInteger.valueOf(percent))) >= 0) {
                boolean right = leverage == null
                        ? held.share() <= held.error()
                        : Math.abs(1 / leverage - held.share()) <= held.error();
                wrong.expect(field + " " + percent, right, 1 / held.share(), leverage);
                return;
            }
        }
        wrong.expect(field + " " + percent, leverage == null, null, leverage);
    }

    private void check(LeverageBand band) {
        double from = band.getFrom();
        double below = band.getBelow() == null ? Double.POSITIVE_INFINITY : band.getBelow();
        for (boolean isLong : new boolean[] {true, false}) {
            checkPart(
                    "band from " + from,
                    isLong,
                    isLong ? band.getLongPositions() : band.getShortPositions(),
                    isLong ? band.getLongNotionalUsd() : band.getShortNotionalUsd(),
                    its -> its.isSurelyWithin(from, below),
                    its -> its.mayBeWithin(from, below));
        }
    }

    /** Nothing is missing that surely belongs to a part of a side, and nothing is in it that surely does not. */
    private void checkPart(
            String field,
            boolean isLong,
            int count,
            double usd,
            Predicate<MeasuredPosition> surely,
            Predicate<MeasuredPosition> perhaps) {
        List<MeasuredPosition> side = positions.side(isLong);
        long least = side.stream().filter(surely).count();
        long most = side.stream().filter(perhaps).count();
        wrong.expect(field + ", positions", least <= count && count <= most, least, count);
        wrong.expectBetween(
                field + ", notional",
                MeasuredPositions.sum(side, surely, MeasuredPosition::notionalUsd),
                MeasuredPositions.sum(side, perhaps, MeasuredPosition::notionalUsd),
                usd);
    }

    private void checkSums(boolean isLong, DistributionMeasures distribution) {
        int count =
                isLong ? distribution.getLongPositionsWithoutEquity() : distribution.getShortPositionsWithoutEquity();
        double usd = isLong ? distribution.getLongWithoutEquityUsd() : distribution.getShortWithoutEquityUsd();
        checkPart(
                "without equity",
                isLong,
                count,
                usd,
                its -> its.share() + its.error() <= 0,
                its -> its.share() - its.error() <= 0);
        for (LeverageBand band : distribution.getBands()) {
            count += isLong ? band.getLongPositions() : band.getShortPositions();
            usd += isLong ? band.getLongNotionalUsd() : band.getShortNotionalUsd();
        }
        SideRecount side = market.side(isLong);
        double expected = Exact.wireUsd(side.notional());
        wrong.expectEqual("positions in bands", side.positions(), count);
        wrong.expectBetween("notional in bands", expected, expected, usd);
    }

    private void checkMax(boolean isLong, DistributionMeasures distribution) {
        List<MarginTier> tiers = market.instrument().getMarginTiers();
        Double max = tiers.isEmpty() ? null : tiers.get(0).getMaxLeverage();
        wrong.expectEqual("maxLeverage", max, distribution.getMaxLeverage());
        Double leverage = market.side(isLong).leverage();
        wrong.expectRatio(
                "maxUse, long " + isLong,
                leverage == null || max == null ? null : (Double) (leverage / max),
                isLong ? distribution.getLongMaxUse() : distribution.getShortMaxUse());
        String field = "aboveMaxShare, long " + isLong;
        Double share = isLong ? distribution.getLongAboveMaxShare() : distribution.getShortAboveMaxShare();
        List<MeasuredPosition> side = positions.side(isLong);
        if (max == null || side.isEmpty()) {
            wrong.expectEqual(field, null, share);
            return;
        }
        double limit = 1 / max;
        double all = lots(side, any -> true);
        double surely = lots(side, its -> its.share() + its.error() <= limit) / all;
        double perhaps = lots(side, its -> its.share() - its.error() <= limit) / all;
        wrong.expect(field, share != null && share >= surely - 1e-9 && share <= perhaps + 1e-9, surely, share);
    }

    private static double lots(List<MeasuredPosition> side, Predicate<MeasuredPosition> counts) {
        return MeasuredPositions.sum(side, counts, its -> its.lots().doubleValue());
    }

    /** By its other definition: half the mean difference of any two sizes over their mean. */
    private void checkGini(@Nullable Double gini) {
        if (positions.all().isEmpty()) {
            wrong.expect("gini", gini == null, null, gini);
            return;
        }
        BigInteger differences = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        for (MeasuredPosition one : positions.all()) {
            sum = sum.add(one.lots());
            for (MeasuredPosition other : positions.all()) {
                differences = differences.add(one.lots().subtract(other.lots()).abs());
            }
        }
        double exact = new BigDecimal(differences)
                .divide(
                        new BigDecimal(sum.multiply(
                                BigInteger.valueOf(2L * positions.all().size()))),
                        20,
                        RoundingMode.HALF_EVEN)
                .doubleValue();
        wrong.expect("gini", gini != null && gini <= exact + 1e-9 && gini >= exact - GINI_ERROR, exact, gini);
    }
}
