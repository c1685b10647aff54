package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.hyperliquid.AccountState.Holding;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowedAccountTest {

    private static final long SHORTEST = 5_000;
    private static final long LONGEST = 600_000;
    private static final long NOW = 10_000_000;

    @Test
    void shouldBeMoreUrgentTheNearerItIsToItsLine() {
        FollowedAccount atLine = holding("1", "60000", "60000");
        FollowedAccount near = holding("1", "60000", "57000");
        FollowedAccount far = holding("1", "60000", "40000");
        FollowedAccount short5 = holding("-1", "60000", "63000");

        assertThat(urgency(atLine)).isGreaterThan(urgency(near));
        assertThat(urgency(near)).isGreaterThan(urgency(far));
        assertThat(urgency(short5)).isCloseTo(urgency(near), within(1e-9));
        assertThat(urgency(atLine)).isCloseTo(100_000.0 / SHORTEST, within(1e-9));
    }

    @Test
    void shouldSeeThatAPriceHasComeNear() {
        FollowedAccount account = holding("1", "60000", "50000");

        double before = account.urgency(NOW, SHORTEST, LONGEST, coin -> Double.NaN);

        assertThat(account.urgency(NOW, SHORTEST, LONGEST, coin -> 50_500)).isGreaterThan(5 * before);
        assertThat(account.distance(coin -> 49_000))
                .describedAs("past its line")
                .isZero();
    }

    @Test
    void shouldNotLetAnAccountThatIsNewPushThoseAtTheirLineAside() {
        FollowedAccount fresh = new FollowedAccount("0xb", false, NOW - 20_000);

        assertThat(urgency(fresh)).isGreaterThan(1).isLessThan(urgency(holding("1", "60000", "59900")));
    }

    @Test
    void shouldLookSoonerAtWhoHasTraded() {
        FollowedAccount account = holding("1", "60000", "40000");
        double before = urgency(account);

        account.touchedMs = NOW - 1;

        assertThat(urgency(account)).isCloseTo(10 * before, within(1e-9));
    }

    @Test
    void shouldTellWhetherAPositionHasShrunk() {
        FollowedAccount account = new FollowedAccount("0xa", false, 0);
        account.sizes = new LinkedHashMap<>(Map.of("BTC", new BigDecimal("1.5"), "ETH", new BigDecimal("-2")));

        assertThat(account.shrinksTo(sizes("BTC", "1.5", "ETH", "-2.0"))).isFalse();
        assertThat(account.shrinksTo(sizes("BTC", "1.6", "ETH", "-3", "SOL", "1")))
                .isFalse();
        assertThat(account.shrinksTo(sizes("BTC", "1.4", "ETH", "-2"))).isTrue();
        assertThat(account.shrinksTo(sizes("BTC", "1.5", "ETH", "-1.9"))).isTrue();
        assertThat(account.shrinksTo(sizes("BTC", "1.5"))).isTrue();
        assertThat(account.shrinksTo(sizes("BTC", "-3", "ETH", "-2"))).isTrue();
    }

    @Test
    void shouldRememberWhatALaterTaskNeeds() {
        FollowedAccount account = new FollowedAccount("0xa", false, 0);
        account.timeMs = 123;
        account.writtenMs = 124;
        account.written = "abcdef";
        account.hasCollateral = true;
        account.asset = "USDC";
        account.shrunkSinceMs = 99;
        account.sizes = sizes("xyz:TSLA", "-0.00012345678901234567", "BTC", "2");
        FollowedAccount later = new FollowedAccount("0xa", false, 500);

        later.remember(account.remembered());

        assertThat(later)
                .usingRecursiveComparison()
                .ignoringFields("answeredMs", "touchedMs")
                .isEqualTo(account);
    }

    private static double urgency(FollowedAccount account) {
        return account.urgency(NOW, SHORTEST, LONGEST, coin -> Double.NaN);
    }

    /** Looked at 100 s ago. */
    private static FollowedAccount holding(String size, String mark, String line) {
        FollowedAccount account = new FollowedAccount("0xa", false, NOW - 100_000);
        account.holds(List.of(new Holding(
                "BTC",
                new BigDecimal(size),
                new BigDecimal(mark),
                new BigDecimal(mark).multiply(new BigDecimal(size)).abs(),
                null,
                new BigDecimal(line),
                null)));
        return account;
    }

    private static Map<String, BigDecimal> sizes(String... coinsAndSizes) {
        Map<String, BigDecimal> sizes = new LinkedHashMap<>();
        for (int i = 0; i < coinsAndSizes.length; i += 2) {
            sizes.put(coinsAndSizes[i], new BigDecimal(coinsAndSizes[i + 1]));
        }
        return sizes;
    }
}
