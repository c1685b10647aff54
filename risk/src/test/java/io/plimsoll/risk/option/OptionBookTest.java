package io.plimsoll.risk.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
                    null,
                    null,
                    null,
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
