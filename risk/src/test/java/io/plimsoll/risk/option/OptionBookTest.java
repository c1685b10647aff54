package io.plimsoll.risk.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.PlainNormal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OptionBookTest {

    private static final long NOW_MS = 1_760_000_000_000L;
    private static final long DAY_MS = 86_400_000;
    private static final double ROUNDING = 1e-9;
    private static final int BOOKS = 100;

    @Test
    void shouldGiveTheDollarsOfDeltaThatAPercentMoves() {
        OpenOption call = reported(OptionRight.CALL, 0.5, 2e-5, 60);

        GreekTotals totals = book(call).totals();

        assertThat(totals.gammaUsd()).isCloseTo(720_000, within(ROUNDING));
        assertThat(totals.dealerGammaUsd()).isCloseTo(720_000, within(ROUNDING));
        assertThat(totals.deltaUsd()).isCloseTo(0.5 * 1_000 * 60_000, within(ROUNDING));
        assertThat(totals.vegaUsd()).isCloseTo(60_000, within(ROUNDING));
    }

    @Test
    void shouldTakeDealersForLongCallsAndShortPuts() {
        GreekTotals put = book(reported(OptionRight.PUT, -0.5, 2e-5, 60)).totals();

        assertThat(put.gammaUsd()).isCloseTo(720_000, within(ROUNDING));
        assertThat(put.dealerGammaUsd()).isCloseTo(-720_000, within(ROUNDING));
        assertThat(put.dealerVegaUsd()).isCloseTo(-60_000, within(ROUNDING));
        assertThat(put.deltaUsd()).isNegative();
        assertThat(put.dealerDeltaUsd()).isPositive();
        assertThat(put.deltaEquivalentUsd()).isEqualTo(put.dealerDeltaUsd());
    }

    @Test
    void shouldHaveDealersSellIntoAFallWhereTheyAreShortPuts() {
        HedgePoint fall = book(open(OptionRight.PUT, 55_000, 0.5, 1_000)).at(-0.1);
        HedgePoint rise = book(open(OptionRight.PUT, 55_000, 0.5, 1_000)).at(0.1);

        assertThat(fall.dealerFlow()).isNegative().isEqualTo(-fall.grossFlow());
        assertThat(rise.dealerFlow()).isPositive().isEqualTo(rise.grossFlow());
    }

    @Test
    void shouldHaveDealersBuyIntoAFallWhereTheyAreLongCalls() {
        HedgePoint fall = book(open(OptionRight.CALL, 65_000, 0.5, 1_000)).at(-0.1);

        assertThat(fall.dealerFlow()).isPositive().isEqualTo(fall.grossFlow());
    }

    @Test
    void shouldCancelWhereDealersAreLongTheCallAndShortThePutOfAStrike() {
        OptionBook straddles =
                book(open(OptionRight.CALL, 60_000, 0.5, 1_000), open(OptionRight.PUT, 60_000, 0.5, 1_000));

        HedgePoint fall = straddles.at(-0.2);

        assertThat(fall.dealerFlow()).isCloseTo(0, within(ROUNDING));
        assertThat(fall.grossFlow()).isPositive();
        assertThat(straddles.totals().dealerGammaUsd()).isCloseTo(0, within(ROUNDING));
    }

    @Test
    void shouldFollowGammaInSmallMoves() {
        OptionBook book = book(open(OptionRight.CALL, 62_000, 0.6, 500));
        double onePercentUsd = book.totals().gammaUsd();

        double flowUsd = book.at(1e-4).grossFlow() * 60_000;

        assertThat(flowUsd / (onePercentUsd / 100)).isCloseTo(1, within(1e-3));
    }

    @Test
    void shouldCountEffectiveLeverageAsHoldersGainInPercentPerPercent() {
        OptionBook book = book(open(OptionRight.CALL, 70_000, 0.5, 3));
        double leverage = book.at(0).effectiveLeverage();
        double before = value(1);
        double after = value(1.0001);

        assertThat((after / before - 1) / 0.0001).isCloseTo(leverage, within(leverage * 2e-3));
        assertThat(book.at(0.2).effectiveLeverage()).isLessThan(leverage);
        assertThat(book.at(-0.2).effectiveLeverage()).isGreaterThan(leverage);
    }

    private static double value(double factor) {
        return open(OptionRight.CALL, 70_000, 0.5, 3).model(factor, NOW_MS).value();
    }

    @Test
    void shouldHaveNoLeverageOfWhatIsWorthNothing() {
        assertThat(book().at(-0.1)).isEqualTo(new HedgePoint(-0.1, 0, 0, Double.NaN));
        assertThat(book().totals()).isEqualTo(GreekTotals.NONE);
        assertThat(book().venueDeltaGap()).isNaN();
    }

    @Test
    void shouldSayHowFarTheVenuesDeltasAreFromTheModels() {
        OpenOption silent = open(OptionRight.CALL, 60_000, 0.5, 1_000_000);
        double model = silent.model(1, NOW_MS).delta();
        OpenOption off = reported(OptionRight.CALL, model + 0.01, null, null, 3);
        OpenOption near = reported(OptionRight.CALL, model - 0.002, null, null, 1);

        assertThat(book(silent, off, near).venueDeltaGap()).isCloseTo(0.008, within(1e-12));
    }

    @Test
    void shouldAddUpByStrikeAndByExpiryToTheWhole() {
        for (long seed = 0; seed < BOOKS; seed++) {
            OptionBook book = new OptionBook(random(seed), NOW_MS);
            GreekTotals whole = book.totals();

            for (List<GreekTotals> parts : List.of(
                    List.copyOf(book.byStrike().values()),
                    List.copyOf(book.byExpiry().values()))) {
                assertSum(seed, parts, whole, GreekTotals::options);
                assertSum(seed, parts, whole, GreekTotals::openInterest);
                assertSum(seed, parts, whole, GreekTotals::callOpenInterest);
                assertSum(seed, parts, whole, GreekTotals::deltaUsd);
                assertSum(seed, parts, whole, GreekTotals::deltaEquivalentUsd);
                assertSum(seed, parts, whole, GreekTotals::gammaUsd);
                assertSum(seed, parts, whole, GreekTotals::dealerGammaUsd);
                assertSum(seed, parts, whole, GreekTotals::vegaUsd);
                assertSum(seed, parts, whole, GreekTotals::vannaUsd);
                assertSum(seed, parts, whole, GreekTotals::dealerVannaUsd);
                assertSum(seed, parts, whole, GreekTotals::volgaUsd);
                assertSum(seed, parts, whole, GreekTotals::dealerVolgaUsd);
            }
        }
    }

    private static void assertSum(
            long seed, List<GreekTotals> parts, GreekTotals whole, ToDoubleFunction<GreekTotals> field) {
        double sum = parts.stream().mapToDouble(field).sum();
        double scale = parts.stream()
                .mapToDouble(part -> Math.abs(field.applyAsDouble(part)))
                .sum();
        assertThat(sum).describedAs("seed %s", seed).isCloseTo(field.applyAsDouble(whole), within(scale * 1e-12));
    }

    /** Contract by contract: a hedger of each holds minus its delta before and after, and trades the difference. */
    @Test
    void shouldTradeWhatHedgingEveryContractByItselfWould() {
        for (long seed = 0; seed < BOOKS; seed++) {
            List<OpenOption> options = random(seed);
            for (double shock : new double[] {-0.5, -0.07, 0.02, 0.4}) {
                double dealers = 0;
                double everyone = 0;
                for (OpenOption option : options) {
                    double before = valueSlope(option, 1);
                    double after = valueSlope(option, 1 + shock);
                    double held = option.right() == OptionRight.CALL ? option.openInterest() : -option.openInterest();
                    dealers += -held * after - -held * before;
                    everyone += option.openInterest() * Math.abs(after - before);
                }

                HedgePoint point = new OptionBook(options, NOW_MS).at(shock);

                assertThat(point.dealerFlow())
                        .describedAs("seed %s, shock %s", seed, shock)
                        .isCloseTo(dealers, within(everyone * 1e-4 + 1e-4));
                assertThat(point.grossFlow())
                        .describedAs("seed %s, shock %s", seed, shock)
                        .isCloseTo(everyone, within(everyone * 1e-4 + 1e-4));
                assertThat(Math.abs(point.dealerFlow())).isLessThanOrEqualTo(point.grossFlow() * (1 + 1e-12));
            }
        }
    }

    /** Sums of what each contract's value, by the textbook's formula, gains per small move: no greek is taken from anywhere. */
    @Test
    void shouldComeToTheDifferencesOfEveryContractsValue() {
        for (long seed = 0; seed < BOOKS; seed++) {
            List<OpenOption> options = random(seed);
            Sums plain = new Sums();
            Sums scale = new Sums();
            for (OpenOption option : options) {
                plain.add(PlainGreeks.of(option), option, false);
                scale.add(PlainGreeks.of(option), option, true);
            }

            GreekTotals totals = new OptionBook(options, NOW_MS).totals();

            Sums actual = Sums.of(totals);
            for (String sum : actual.byName.keySet()) {
                assertThat(actual.of(sum))
                        .describedAs("%s, seed %s", sum, seed)
                        .isCloseTo(plain.of(sum), within(1e-4 * scale.of(sum)));
            }
            assertThat(totals.options()).isEqualTo(options.size());
            double leverage = plain.of("deltaEquivalent of the model")
                    / options.stream()
                            .mapToDouble(option -> PlainGreeks.value(option, 1, 0) * option.openInterest())
                            .sum();
            assertThat(new OptionBook(options, NOW_MS).at(0).effectiveLeverage())
                    .describedAs("seed %s", seed)
                    .isCloseTo(leverage, within(1e-4 * leverage));
        }
    }

    /** What a contract's value gains, by differences; the venue's own greeks where it reports them. */
    private record PlainGreeks(double model, double delta, double gamma, double vega, double vanna, double volga) {

        private static final double MOVE = 1e-3;

        static PlainGreeks of(OpenOption option) {
            double price = option.forward() * MOVE;
            double up = value(option, 1 + MOVE, 0);
            double down = value(option, 1 - MOVE, 0);
            double here = value(option, 1, 0);
            double wild = value(option, 1, MOVE);
            double calm = value(option, 1, -MOVE);
            double both = value(option, 1 + MOVE, MOVE) + value(option, 1 - MOVE, -MOVE);
            double apart = value(option, 1 + MOVE, -MOVE) + value(option, 1 - MOVE, MOVE);
            double model = (up - down) / (2 * price);
            Double delta = option.venueDelta();
            Double gamma = option.venueGamma();
            Double vega = option.venueVega();
            return new PlainGreeks(
                    model,
                    delta == null ? model : delta,
                    gamma == null ? (up - 2 * here + down) / (price * price) : gamma,
                    vega == null ? (wild - calm) / (2 * MOVE) / 100 : vega,
                    (both - apart) / (4 * price * MOVE),
                    (wild - 2 * here + calm) / (MOVE * MOVE));
        }

        static double value(OpenOption option, double factor, double wilder) {
            double forward = option.forward() * factor;
            double years = (option.expiryMs() - NOW_MS) / (365.0 * DAY_MS);
            double deviation = (option.volatility() + wilder) * Math.sqrt(years);
            double d1 = Math.log(forward / option.strike()) / deviation + deviation / 2;
            double d2 = d1 - deviation;
            return option.right() == OptionRight.CALL
                    ? forward * PlainNormal.above(-d1) - option.strike() * PlainNormal.above(-d2)
                    : option.strike() * PlainNormal.above(d2) - forward * PlainNormal.above(d1);
        }
    }

    private static final class Sums {
        private final Map<String, Double> byName = new TreeMap<>();

        void add(PlainGreeks its, OpenOption option, boolean sizes) {
            double open = option.openInterest();
            double usd = open * option.forward();
            boolean call = option.right() == OptionRight.CALL;
            add("open", open, true, sizes);
            add("open calls", call ? open : 0, true, sizes);
            add("deltaEquivalent", Math.abs(its.delta) * usd, true, sizes);
            add("deltaEquivalent of the model", Math.abs(its.model) * usd, true, sizes);
            both("delta", its.delta * usd, call, sizes);
            both("gamma", its.gamma * usd * option.forward() / 100, call, sizes);
            both("vega", its.vega * open, call, sizes);
            both("vanna", its.vanna * usd / 100, call, sizes);
            both("volga", its.volga * open / 1e4, call, sizes);
        }

        double of(String name) {
            return byName.getOrDefault(name, Double.NaN);
        }

        /** As if one side held all, and as if calls were held and puts sold. */
        private void both(String name, double value, boolean call, boolean sizes) {
            add(name, value, true, sizes);
            add("dealers' " + name, value, call, sizes);
        }

        private void add(String name, double value, boolean held, boolean sizes) {
            byName.merge(name, sizes ? Math.abs(value) : held ? value : -value, Double::sum);
        }

        static Sums of(GreekTotals totals) {
            Sums sums = new Sums();
            sums.byName.put("open", totals.openInterest());
            sums.byName.put("open calls", totals.callOpenInterest());
            sums.byName.put("deltaEquivalent", totals.deltaEquivalentUsd());
            sums.byName.put("delta", totals.deltaUsd());
            sums.byName.put("dealers' delta", totals.dealerDeltaUsd());
            sums.byName.put("gamma", totals.gammaUsd());
            sums.byName.put("dealers' gamma", totals.dealerGammaUsd());
            sums.byName.put("vega", totals.vegaUsd());
            sums.byName.put("dealers' vega", totals.dealerVegaUsd());
            sums.byName.put("vanna", totals.vannaUsd());
            sums.byName.put("dealers' vanna", totals.dealerVannaUsd());
            sums.byName.put("volga", totals.volgaUsd());
            sums.byName.put("dealers' volga", totals.dealerVolgaUsd());
            return sums;
        }
    }

    private static double valueSlope(OpenOption option, double factor) {
        double step = 1e-5;
        return (option.model(factor + step, NOW_MS).value()
                        - option.model(factor - step, NOW_MS).value())
                / (2 * step * option.forward());
    }

    private static List<OpenOption> random(long seed) {
        Random random = new Random(seed);
        List<OpenOption> options = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            options.add(new OpenOption(
                    OptionRight.values()[random.nextInt(2)],
                    50_000 + 5_000 * random.nextInt(6),
                    NOW_MS + DAY_MS * (10 + 30 * random.nextInt(4)),
                    60_000 * (1 + random.nextDouble() / 50),
                    0.3 + random.nextDouble(),
                    random.nextInt(4) == 0 ? (Double) (2 * random.nextDouble() - 1) : null,
                    random.nextInt(4) == 0 ? (Double) (1e-4 * random.nextDouble()) : null,
                    random.nextInt(4) == 0 ? (Double) (100 * random.nextDouble()) : null,
                    1 + random.nextInt(500)));
        }
        return options;
    }

    private static OptionBook book(OpenOption... options) {
        return new OptionBook(List.of(options), NOW_MS);
    }

    private static OpenOption reported(OptionRight right, double delta, double gamma, double vega) {
        return reported(right, delta, gamma, vega, 1_000);
    }

    private static OpenOption reported(
            OptionRight right, double delta, @Nullable Double gamma, @Nullable Double vega, double openInterest) {
        return new OpenOption(right, 60_000, NOW_MS + 30 * DAY_MS, 60_000, 0.5, delta, gamma, vega, openInterest);
    }

    private static OpenOption open(OptionRight right, double strike, double volatility, double openInterest) {
        return new OpenOption(right, strike, NOW_MS + 30 * DAY_MS, 60_000, volatility, null, null, null, openInterest);
    }
}
