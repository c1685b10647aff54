package io.plimsoll.risk.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.volatility.ReturnSeries;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CohortEarningsTest {

    private static final long HOUR_MS = 3_600_000;

    @Test
    void shouldSetProfitAgainstCapitalAndRisk() {
        // 1,000 on 100, up 1 %, then as much down 0.5 % on 110.
        CohortEarnings longs =
                CohortEarnings.ofHour(1, 1_000, 100, 0.01).plus(CohortEarnings.ofHour(1, 1_010, 110, -0.005));

        assertThat(longs.profitUsd()).isCloseTo(4.95, within(1e-12));
        assertThat(longs.meanCapitalUsd()).isCloseTo(105, within(1e-12));
        assertThat(longs.returnOnCapital()).isCloseTo(4.95 / 105, within(1e-12));
        assertThat(longs.profitPerRisk()).isCloseTo(4.95 / Math.sqrt(10 * 10 + 5.05 * 5.05), within(1e-12));
    }

    @Test
    void shouldGiveShortsWhatLongsLose() {
        CohortEarnings shorts = CohortEarnings.ofHour(-1, 1_000, 50, 0.01);

        assertThat(shorts.profitUsd()).isEqualTo(-10);
        assertThat(shorts.returnOnCapital()).isCloseTo(-0.2, within(1e-12));
        assertThat(shorts.profitPerRisk()).isCloseTo(-1, within(1e-12));
    }

    @Test
    void shouldSayNothingWhereNothingWasHeld() {
        assertThat(CohortEarnings.NONE.meanCapitalUsd()).isNull();
        assertThat(CohortEarnings.NONE.returnOnCapital()).isNull();
        assertThat(CohortEarnings.NONE.profitPerRisk()).isNull();
        CohortEarnings ruined = CohortEarnings.ofHour(1, 1_000, -20, 0.01);
        assertThat(ruined.returnOnCapital()).isNull();
        assertThat(ruined.meanCapitalUsd()).isEqualTo(-20);
    }

    @Test
    void shouldCapLeverageByVolatilityAndByHalfOfKelly() {
        // Ten days of hours, each up 0.3 % or down 0.2 % in turn.
        double[] prices = new double[241];
        prices[0] = 100;
        for (int i = 1; i < prices.length; i++) {
            prices[i] = prices[i - 1] * Math.exp(i % 2 == 1 ? 0.003 : -0.002);
        }

        LeverageCaps caps = Objects.requireNonNull(LeverageCaps.of(ReturnSeries.of(prices, HOUR_MS)));

        double variance = 24 * (0.003 * 0.003 + 0.002 * 0.002) / 2;
        assertThat(caps.dailyVolatility()).isCloseTo(Math.sqrt(variance), within(1e-12));
        assertThat(caps.volatilityTargetLeverage()).isCloseTo(0.05 / Math.sqrt(variance), within(1e-9));
        double drift = 24 * 0.0005 + variance / 2;
        assertThat(caps.driftPerDay()).isCloseTo(drift, within(1e-12));
        assertThat(caps.driftError()).isCloseTo(Math.sqrt(variance / 10), within(1e-12));
        assertThat(caps.kellyLeverage()).isCloseTo(drift / variance / 2, within(1e-9));
        assertThat(caps.kellyLow())
                .isCloseTo((drift - 1.959963984540054 * Math.sqrt(variance / 10)) / variance / 2, within(1e-9));
        assertThat(caps.kellyHigh() - caps.kellyLeverage())
                .isCloseTo(caps.kellyLeverage() - caps.kellyLow(), within(1e-9));
    }

    @Test
    void shouldCapNothingWithoutHistoryOrMoves() {
        double[] still = new double[241];
        Arrays.fill(still, 100);

        assertThat(LeverageCaps.of(ReturnSeries.of(still, HOUR_MS))).isNull();
        assertThat(LeverageCaps.of(ReturnSeries.of(new double[] {100, 101, 99}, HOUR_MS)))
                .isNull();
    }
}
