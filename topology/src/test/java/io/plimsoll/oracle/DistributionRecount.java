package io.plimsoll.oracle;

import static io.plimsoll.oracle.Exact.decimal;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.schemas.avro.CarryMeasures;
import io.plimsoll.schemas.avro.DistributionMeasures;
import io.plimsoll.schemas.avro.LeverageBand;
import io.plimsoll.schemas.avro.LeverageQuantile;
import io.plimsoll.schemas.avro.SkewMeasures;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How leverage and sizes are spread over a market, from a list of its positions. Of each the share of its notional that is its
 * own equity, which is one over its leverage, is known exactly; what is published may be off by half a cell of where that
 * equity ends.
 */
final class DistributionRecount {

    private static final double HALF_CELL = StrictMath.expm1(Exact.BUCKET_WIDTH / 2) * 1.001;
    private static final double ROUNDING = 1e-6;
    private static final double GINI_ERROR = 0.0039;

    /** Lines beyond are not told apart. */
    private static final double FARTHEST_LINE = 1e12;

    private final MarketRecount market;
    private final List<Held> positions = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /**
     * A position.
     *
     * @param share own equity / notional
     * @param error how far off a published share may be
     */
    private record Held(Contribution position, double share, double error) {

        boolean isLong() {
            return position.open().isLong();
        }

        BigInteger lots() {
            return position.open().lots().abs();
        }
    }

    DistributionRecount(MarketRecount market) {
        this.market = market;
        for (Contribution contribution : market.contributions()) {
            positions.add(held(contribution));
        }
    }

    private Held held(Contribution contribution) {
        OpenPosition open = contribution.open();
        BigDecimal mark = decimal(market.valuation());
        double step = Exact.quoteStep(Objects.requireNonNull(market.price()).getQuotePriceUsd());
        BigDecimal now = open.notionalAt(mark);
        BigDecimal entry = new BigDecimal(open.entryAmount(), open.settleDecimals());
        BigDecimal rise = open.isInverse() ? entry.subtract(now) : now.subtract(entry);
        BigDecimal equity = rise.multiply(open.side())
                .add(new BigDecimal(contribution.settleCash(), open.settleDecimals()))
                .add(Exact.usd(contribution.cashMicro()).divide(decimal(step), Exact.DIGITS));
        double share = equity.divide(now, Exact.DIGITS).doubleValue();
        double direction = open.isLong() != open.isInverse() ? 1 : -1;
        return new Held(contribution, share, HALF_CELL * Math.abs(1 - direction * share) + ROUNDING);
    }

    /** A line for each number that is wrong. */
    List<String> differences(
            @Nullable DistributionMeasures distribution, @Nullable SkewMeasures skew, @Nullable CarryMeasures carry) {
        if (distribution == null || skew == null || carry == null) {
            return positions.isEmpty() ? List.of() : List.of("a group is missing");
        }
        if (positions.stream().anyMatch(held -> Math.abs(1 - held.share()) * market.valuation() > FARTHEST_LINE)) {
            return List.of();
        }
        distribution.getQuantiles().forEach(this::check);
        distribution.getBands().forEach(this::check);
        checkSums(distribution);
        checkGini(distribution.getGini());
        checkAboveMax("longAboveMaxShare", true, distribution.getMaxLeverage(), distribution.getLongAboveMaxShare());
        checkAboveMax("shortAboveMaxShare", false, distribution.getMaxLeverage(), distribution.getShortAboveMaxShare());
        checkMean("longMeanLeverage", true, skew.getLongMeanLeverage());
        checkMean("shortMeanLeverage", false, skew.getShortMeanLeverage());
        checkCarry(carry);
        return wrong;
    }

    private void check(LeverageQuantile quantile) {
        int percent = (int) Math.round(quantile.getQuantile() * 100);
        check("longByNotional", percent, true, quantile.getLongByNotional(), lots());
        check("shortByNotional", percent, false, quantile.getShortByNotional(), lots());
        check("longByPositions", percent, true, quantile.getLongByPositions(), held -> BigInteger.ONE);
        check("shortByPositions", percent, false, quantile.getShortByPositions(), held -> BigInteger.ONE);
    }

    private interface Weight {
        BigInteger of(Held held);
    }

    private static Weight lots() {
        return Held::lots;
    }

    private void check(String field, int percent, boolean isLong, @Nullable Double leverage, Weight weight) {
        List<Held> rising = side(isLong).stream()
                .sorted(Comparator.comparingDouble((Held held) -> -held.share()))
                .toList();
        BigInteger all = rising.stream().map(weight::of).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger reached = BigInteger.ZERO;
        for (Held held : rising) {
            reached = reached.add(weight.of(held));
            if (reached.multiply(BigInteger.valueOf(100)).compareTo(all.multiply(BigInteger.valueOf(percent))) >= 0) {
                boolean right = leverage == null
                        ? held.share() <= held.error()
                        : Math.abs(1 / leverage - held.share()) <= held.error();
                expect(field + " " + percent, right, 1 / held.share(), leverage);
                return;
            }
        }
        expect(field + " " + percent, leverage == null, null, leverage);
    }

    private List<Held> side(boolean isLong) {
        return positions.stream().filter(held -> held.isLong() == isLong).toList();
    }

    private void check(LeverageBand band) {
        double below = band.getBelow() == null ? Double.POSITIVE_INFINITY : band.getBelow();
        for (boolean isLong : new boolean[] {true, false}) {
            int actual = isLong ? band.getLongPositions() : band.getShortPositions();
            long surely = side(isLong).stream()
                    .filter(held -> isWithin(held.share() - held.error(), band.getFrom(), below)
                            && isWithin(held.share() + held.error(), band.getFrom(), below))
                    .count();
            long perhaps = side(isLong).stream()
                    .filter(held -> held.share() + held.error() > 1 / below
                            && held.share() - held.error() <= 1 / band.getFrom())
                    .count();
            expect("band from " + band.getFrom(), surely <= actual && actual <= perhaps, surely, actual);
        }
    }

    private static boolean isWithin(double share, double from, double below) {
        return share > 1 / below && share <= 1 / from;
    }

    private void checkSums(DistributionMeasures distribution) {
        for (boolean isLong : new boolean[] {true, false}) {
            int count = isLong
                    ? distribution.getLongPositionsWithoutEquity()
                    : distribution.getShortPositionsWithoutEquity();
            double usd = isLong ? distribution.getLongWithoutEquityUsd() : distribution.getShortWithoutEquityUsd();
            for (LeverageBand band : distribution.getBands()) {
                count += isLong ? band.getLongPositions() : band.getShortPositions();
                usd += isLong ? band.getLongNotionalUsd() : band.getShortNotionalUsd();
            }
            SideRecount side = market.side(isLong);
            double expected = Exact.wireUsd(side.notional());
            expect("positions in bands", count == side.positions(), side.positions(), count);
            expect("notional in bands", Math.abs(usd - expected) <= 1e-4 + 1e-9 * expected, expected, usd);
        }
    }

    /** By its other definition: half the mean difference of any two sizes over their mean. */
    private void checkGini(@Nullable Double gini) {
        if (positions.isEmpty()) {
            expect("gini", gini == null, null, gini);
            return;
        }
        BigInteger differences = BigInteger.ZERO;
        BigInteger sum = BigInteger.ZERO;
        for (Held one : positions) {
            sum = sum.add(one.lots());
            for (Held other : positions) {
                differences = differences.add(one.lots().subtract(other.lots()).abs());
            }
        }
        double exact = new BigDecimal(differences)
                .divide(
                        new BigDecimal(sum.multiply(BigInteger.valueOf(2L * positions.size()))),
                        20,
                        RoundingMode.HALF_EVEN)
                .doubleValue();
        expect("gini", gini != null && gini <= exact + 1e-9 && gini >= exact - GINI_ERROR, exact, gini);
    }

    private void checkAboveMax(String field, boolean isLong, @Nullable Double max, @Nullable Double actual) {
        List<Held> side = side(isLong);
        if (max == null || side.isEmpty()) {
            expect(field, actual == null, null, actual);
            return;
        }
        double surely = share(side, held -> held.share() + held.error() <= 1 / max ? 1 : 0);
        double perhaps = share(side, held -> held.share() - held.error() <= 1 / max ? 1 : 0);
        expect(field, actual != null && actual >= surely - 1e-9 && actual <= perhaps + 1e-9, surely, actual);
    }

    private static double share(List<Held> side, ToDoubleFunction<Held> counts) {
        double part = 0;
        double whole = 0;
        for (Held held : side) {
            double lots = held.lots().doubleValue();
            part += lots * counts.applyAsDouble(held);
            whole += lots;
        }
        return part / whole;
    }

    /** Mean leverage of a side by notional, where all have equity: from each position, exact but for rounding. */
    double meanLeverage(boolean isLong) {
        return share(side(isLong), held -> 1 / held.share());
    }

    /** Only where nobody is near having no equity: there the mean may be anything. */
    private void checkMean(String field, boolean isLong, @Nullable Double mean) {
        List<Held> solvent = side(isLong).stream()
                .filter(held -> held.share() > held.error())
                .toList();
        if (side(isLong).stream().anyMatch(held -> Math.abs(held.share()) <= held.error())) {
            return;
        }
        if (solvent.isEmpty()) {
            expect(field, mean == null, null, mean);
            return;
        }
        double low = share(solvent, held -> 1 / (held.share() + held.error()));
        double high = share(solvent, held -> 1 / (held.share() - held.error()));
        expect(field, mean != null && mean >= low && mean <= high, low, mean);
    }

    private void checkCarry(CarryMeasures carry) {
        Double rate = market.fundingRate8h();
        if (rate == null) {
            expect("longFundingUsdPerHour", carry.getLongFundingUsdPerHour() == null, null, carry);
            return;
        }
        for (boolean isLong : new boolean[] {true, false}) {
            double notional = Exact.wireUsd(market.side(isLong).notional());
            double expected = (isLong ? 1 : -1) * rate * notional / 8;
            Double actual = isLong ? carry.getLongFundingUsdPerHour() : carry.getShortFundingUsdPerHour();
            expect(
                    "funding per hour, long " + isLong,
                    actual != null && Math.abs(actual - expected) <= 1e-9 * Math.abs(expected),
                    expected,
                    actual);
        }
        checkWeakest(carry.getWeakestPayersMs(), rate);
    }

    private void checkWeakest(@Nullable Long actual, double rate) {
        List<Held> paying = side(rate > 0);
        ToDoubleFunction<Held> distance = held -> Math.max(0, (rate > 0 ? 1 : -1) * (1 - line(held)));
        List<Held> nearest = paying.stream()
                .filter(held -> held.position().liquidation().price() != null)
                .sorted(Comparator.comparingDouble(distance))
                .toList();
        BigInteger all = paying.stream().map(Held::lots).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger reached = BigInteger.ZERO;
        for (Held held : nearest) {
            reached = reached.add(held.lots());
            if (rate != 0 && reached.multiply(BigInteger.valueOf(20)).compareTo(all) >= 0) {
                double perMs = Math.abs(rate / 8) / 3_600_000;
                double expected = distance.applyAsDouble(held) / perMs;
                double error = (HALF_CELL * line(held) + ROUNDING) / perMs + 1;
                expect("weakestPayersMs", actual != null && Math.abs(actual - expected) <= error, expected, actual);
                return;
            }
        }
        expect("weakestPayersMs", actual == null, null, actual);
    }

    /** Liquidation price over the present one. */
    private double line(Held held) {
        BigDecimal price = held.position().liquidation().price();
        return Objects.requireNonNull(price).doubleValue() / market.valuation();
    }

    private void expect(String field, boolean right, @Nullable Object expected, @Nullable Object actual) {
        if (!right) {
            wrong.add(market.instrument().getVenue() + ":" + market.instrument().getSymbol() + " " + field
                    + ": expected " + expected + ", actual " + actual);
        }
    }
}
