package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BandsTest {

    private static final int CASES = 3000;
    private static final MarginCall.Levels LEVELS = MarginCall.Levels.DEFAULT;

    private static PriceBands bands(double width, MarginPool pool, MarginCall state, PriceBoard prices) {
        return PriceBands.of(new Bands(width, LEVELS), pool, state, prices);
    }

    private static MarginCall anyState(RandomAccounts accounts) {
        return MarginCall.values()[accounts.random().nextInt(MarginCall.values().length)];
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {91, 92, 93})
    void shouldKeepTheStateWhileEveryPriceStaysInside(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        Map<MarginCall, Integer> seen = new EnumMap<>(MarginCall.class);
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.inverseAccount(3) : accounts.linearAccount(4, 3);
            MarginPool pool = account.pool();
            MarginCall state = MarginCall.of(pool, account.prices(), anyState(accounts), LEVELS);
            double width = accounts.between(0.05, 1);

            PriceBands bands = bands(width, pool, state, account.prices());

            seen.merge(state, 1, Integer::sum);
            for (int move = 0; move < 30; move++) {
                PriceBoard moved = bands.anyInside(accounts);
                assertThat(MarginCall.of(pool, moved, state, LEVELS))
                        .describedAs("seed %s, case %s, to %s in %s", seed, i, moved, bands)
                        .isEqualTo(state);
            }
        }
        assertThat(seen).hasSize(MarginCall.values().length);
        assertThat(seen.values()).allMatch(count -> count > CASES / 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {101, 102, 103})
    void shouldBeExactWhereOnePositionIsAlone(long seed) {
        RandomAccounts accounts = new RandomAccounts(seed);
        Map<MarginCall, Integer> left = new EnumMap<>(MarginCall.class);
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account =
                    accounts.random().nextInt(3) == 0 ? accounts.linearAccount(1, 0) : accounts.isolated();
            MarginPool pool = account.pool();
            MarginCall state = MarginCall.of(pool, account.prices(), anyState(accounts), LEVELS);
            String market = account.positions().get(0).market();
            double price = account.prices().price(market);
            String name = "seed " + seed + ", case " + i + ", " + state;

            PriceBands.Band band = bands(0.25, pool, state, account.prices()).of(market);

            assertThat(band.low()).describedAs(name).isLessThanOrEqualTo(price);
            assertThat(band.high()).describedAs(name).isGreaterThanOrEqualTo(price);
            assertStateAt(account, band.low() == 0 ? price * 1e-6 : band.low() * (1 + 1e-9), pool, state, true, name);
            assertStateAt(
                    account,
                    Double.isInfinite(band.high()) ? price * 1e6 : band.high() * (1 - 1e-9),
                    pool,
                    state,
                    true,
                    name);
            if (band.low() > 0) {
                assertStateAt(account, band.low() * (1 - 1e-9), pool, state, false, name);
                left.merge(state, 1, Integer::sum);
            }
            if (!Double.isInfinite(band.high())) {
                assertStateAt(account, band.high() * (1 + 1e-9), pool, state, false, name);
                left.merge(state, 1, Integer::sum);
            }
        }
        assertThat(left).describedAs("every state was left").hasSize(MarginCall.values().length);
    }

    private static void assertStateAt(
            RandomAccounts.Sample account, double price, MarginPool pool, MarginCall state, boolean same, String name) {
        String market = account.positions().get(0).market();
        PriceBoard there = account.prices().with(market.substring("venue:".length()), price);
        assertThat(MarginCall.of(pool, there, state, LEVELS) == state)
                .describedAs("%s at %s", name, price)
                .isEqualTo(same);
    }

    @ParameterizedTest(name = "width {0}")
    @ValueSource(doubles = {0.1, 0.25, 0.5})
    void shouldBoundTheErrorOfAStoredLine(double width) {
        RandomAccounts accounts = new RandomAccounts(111);
        double worst = 0;
        for (int i = 0; i < CASES; i++) {
            RandomAccounts.Sample account = accounts.linearAccount(4, 2);
            MarginPool pool = account.pool();
            MarginCall state = MarginCall.of(pool, account.prices(), MarginCall.OK, LEVELS);
            if (state.compareTo(MarginCall.LIQUIDATABLE) >= 0) {
                continue;
            }
            PriceBands bands = bands(width, pool, state, account.prices());
            PriceBoard moved = bands.anyInside(accounts);
            PoolLines stored = pool.lines(account.prices());
            PoolLines now = pool.lines(moved);
            for (int k = 0; k < pool.positions().size(); k++) {
                double line = stored.liquidationPrice(k);
                double distance = Math.abs(
                        line - account.prices().price(pool.positions().get(k).market()));
                double error = Math.abs(now.liquidationPrice(k) - line);
                if (!Double.isNaN(error)) {
                    worst = Math.max(worst, error / distance);
                }
            }
        }
        // Holds with tiers too: surplus is concave, so its slope at the line is the steepest on the way.
        assertThat(worst).isBetween(width * 0.3, width * (1 + 1e-9));
    }

    @Test
    void shouldRefuseAWidthOutOfRange() {
        assertThatThrownBy(() -> new Bands(0, LEVELS)).hasMessageContaining("band width is 0.0");
        assertThatThrownBy(() -> new Bands(1.01, LEVELS)).hasMessageContaining("band width is 1.01");
    }

    @Test
    void shouldGiveABandToACoinOfWhichNothingIsHeld() {
        Balance nothing = new Balance("BTC", "venue:BTC", 0, 0.9, 60_000);
        MarginPool pool = Holdings.pool(List.of(), nothing);
        PriceBoard prices = PriceBoard.of("BTC", 60_000);

        PriceBands bands = bands(1, pool, MarginCall.OK, prices);

        assertThat(bands.of("venue:BTC")).isEqualTo(new PriceBands.Band(30_000, 90_000));
    }
}
