package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.NormalDistribution;
import io.plimsoll.schemas.avro.CycleMeasures;
import io.plimsoll.schemas.avro.CyclePhase;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.EfficiencyMeasures;
import io.plimsoll.schemas.avro.EquityAtRisk;
import io.plimsoll.schemas.avro.EquitySide;
import io.plimsoll.schemas.avro.ForcedAgainstDepth;
import io.plimsoll.schemas.avro.LiquidityMeasures;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.VolatilityHorizon;
import io.plimsoll.schemas.avro.VolatilityMeasures;
import io.plimsoll.topology.measures.MeasureGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MeasuresTest {

    private static final double SWING = 0.001;
    private static final Duration A_LITTLE = Duration.ofMillis(1_200);
    private static final int MINUTE = 60;
    private static final int HOUR = 3_600;

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    @Test
    void shouldMeasureAnHoursVolatilityAndWhatItDoes() {
        monitor.at(0).instrument("X", 2, 10).price("X", 100);
        // One long of 100 coins at 100 with 1,000 behind it: leverage 10, line at 94.74; and half a short.
        monitor.isolated("long", "X", 100, 100, 1_000)
                .isolated("short", "X", -50, 100, 1_000)
                .settle();
        for (int minute = 1; minute <= 240; minute++) {
            monitor.at(minute * MINUTE)
                    .live()
                    .price("X", minute % 2 == 0 ? 100 : 100 * Math.exp(SWING))
                    .wait(A_LITTLE);
        }
        monitor.settle();

        VolatilityMeasures volatility =
                Objects.requireNonNull(monitor.measured("X").getVolatility());

        VolatilityHorizon hour = volatility.getHorizons().get(0);
        assertThat(hour.getHorizonMs()).isEqualTo(Duration.ofHours(1).toMillis());
        assertThat(hour.getSamples()).isEqualTo(60);
        assertThat(hour.getHistoryMs()).isEqualTo(Duration.ofHours(1).toMillis());
        assertThat(hour.getAnnual()).isCloseTo(SWING * Math.sqrt(365 * 24 * 60), within(1e-9));
        VolatilityHorizon day = volatility.getHorizons().get(1);
        assertThat(day.getSamples()).isEqualTo(48);
        // At every fifth minute the price is the other one of the two.
        assertThat(day.getAnnual()).isCloseTo(SWING * Math.sqrt(365 * 24 * 12), within(1e-9));
        assertThat(volatility.getHorizons().get(2).getAnnual()).isNull();
        double daily = SWING * Math.sqrt(24 * 12);
        assertThat(volatility.getDailyVolatility()).isCloseTo(daily, within(1e-9));
        assertThat(volatility.getLongScaledLeverage()).isCloseTo(10 * daily, within(1e-9));
        double chance = 2 * NormalDistribution.cumulative(Math.log(90 / 0.95 / 100) / daily);
        assertThat(volatility.getLongAtRiskUsd1d()).isCloseTo(10_000 * chance, within(0.1 * 10_000 * chance));
        assertThat(volatility.getLongAtRiskUsd1h()).isLessThan(volatility.getLongAtRiskUsd1d());
        EquityAtRisk all = volatility.getEquityAtRisk().get(2);
        assertThat(all.getSide()).isEqualTo(EquitySide.ALL);
        assertThat(all.getExposureUsd()).isCloseTo(5_000, within(1e-6));
        assertThat(all.getParametricVarUsd()).isCloseTo(NormalDistribution.QUANTILE_95 * 5_000 * daily, within(1e-6));
        assertThat(all.getHistoricalVarUsd()).describedAs("of four hours").isNull();
        assertThat(volatility.getReturnVolatility()).isNull();
    }

    @Test
    void shouldReadFromTheDaysThatWereWhatADayMayCostAndWhichLeverageItAllows() {
        Random random = new Random(8);
        double[] prices = new double[8 * 24];
        monitor.at(0).instrument("X", 2, 10).isolated("long", "X", 100, 100, 5_000);
        for (int hour = 0; hour < prices.length; hour++) {
            prices[hour] = hour == 0 ? 100 : prices[hour - 1] * Math.exp(0.005 * random.nextGaussian());
            monitor.at(hour * HOUR).live().price("X", prices[hour]).wait(A_LITTLE);
        }
        monitor.settle();
        double[] losses = new double[prices.length - 24];
        double squares = 0;
        for (int hour = 1; hour < prices.length; hour++) {
            squares += Math.pow(Math.log(prices[hour] / prices[hour - 1]), 2);
            if (hour >= 24) {
                losses[hour - 24] = 1 - prices[hour] / prices[hour - 24];
            }
        }
        double[] worst = Arrays.stream(losses)
                .map(loss -> -loss)
                .sorted()
                .limit((losses.length + 19) / 20)
                .map(gain -> -100 * prices[prices.length - 1] * gain)
                .toArray();

        VolatilityMeasures volatility =
                Objects.requireNonNull(monitor.measured("X").getVolatility());
        EfficiencyMeasures efficiency =
                Objects.requireNonNull(monitor.measured("X").getEfficiency());

        EquityAtRisk longs = volatility.getEquityAtRisk().get(0);
        assertThat(longs.getSamples()).isEqualTo(losses.length);
        assertThat(longs.getHistoricalVarUsd()).isCloseTo(worst[worst.length - 1], within(1e-6));
        assertThat(longs.getHistoricalShortfallUsd())
                .isCloseTo(Arrays.stream(worst).average().orElseThrow(), within(1e-6));
        assertThat(volatility.getEquityAtRisk().get(1).getHistoricalVarUsd()).isZero();
        assertThat(longs.getParametricShortfallUsd())
                .isCloseTo(2.0627 * longs.getExposureUsd() * volatility.getDailyVolatility(), within(0.1));
        double days = (prices.length - 1) / 24.0;
        double variance = squares / days;
        double drift = Math.log(prices[prices.length - 1] / prices[0]) / days + variance / 2;
        double error = Math.sqrt(variance / days);
        assertThat(efficiency.getDailyVolatility()).isCloseTo(Math.sqrt(variance), within(1e-9));
        assertThat(efficiency.getVolatilityTargetLeverage()).isCloseTo(0.05 / Math.sqrt(variance), within(1e-6));
        assertThat(efficiency.getDriftPerDay()).isCloseTo(drift, within(1e-9));
        assertThat(efficiency.getDriftError()).isCloseTo(error, within(1e-9));
        assertThat(efficiency.getKellyLeverage()).isCloseTo(drift / variance / 2, within(1e-6));
        assertThat(efficiency.getKellyLow()).isCloseTo((drift - 1.96 * error) / variance / 2, within(1e-3));
        assertThat(efficiency.getKellyHigh()).isCloseTo((drift + 1.96 * error) / variance / 2, within(1e-3));
    }

    @Test
    void shouldHoldDepthAgainstWhatIsForced() {
        monitor.at(0).instrument("X", 2, 10).price("X", 100);
        monitor.isolated("long", "X", 100, 100, 100 * (100 - 0.95 * 98.5)).depth("X", 100, 500);
        monitor.settle().at(10).price("X", 100).settle();

        LiquidityMeasures liquidity =
                Objects.requireNonNull(monitor.measured("X").getLiquidity());

        assertThat(liquidity.getDepthState()).isEqualTo(DepthQuality.LIVE);
        assertThat(liquidity.getDepthUsd()).isCloseTo(100_000, within(1e-6));
        ForcedAgainstDepth two = liquidity.getBands().get(1);
        assertThat(two.getDistance()).isEqualTo(0.02);
        assertThat(two.getForcedSaleUsd()).isCloseTo(10_000, within(1e-6));
        assertThat(two.getSaleShots()).isCloseTo(10, within(1e-6));
        assertThat(liquidity.getBands().get(0).getSaleShots())
                .describedAs("nobody falls")
                .isNull();
        assertThat(liquidity.getBands().get(2).getBidUsd())
                .describedAs("beyond the bands")
                .isNull();
        assertThat(liquidity.getUsualDepthUsd()).isNull();
        assertThat(monitor.measured("X").getStalenessMs()).isEqualTo(10_000);
    }

    @Test
    void shouldTellHowDeepTheBookUsuallyIsAndHowFastItComesBack() {
        monitor.at(0).instrument("X", 2, 10).price("X", 100).settle();
        List<Double> hours = new ArrayList<>();
        for (int hour = 1; hour < 30; hour++) {
            hours.add(bookBefore(hour * HOUR, 300 + 70 * (hour % 7)));
        }
        // Of the gap in ln(depth) a tenth is closed with every minute.
        List<Double> minutes = new ArrayList<>();
        for (int minute = 0; minute <= 50; minute++) {
            minutes.add(bookBefore(30 * HOUR + minute * MINUTE, 500 * Math.exp(-2 * Math.pow(0.9, minute))));
        }
        hours.add(minutes.get(0));
        monitor.settle();

        LiquidityMeasures liquidity =
                Objects.requireNonNull(monitor.measured("X").getLiquidity());

        Collections.sort(hours);
        double usual = (hours.get(14) + hours.get(15)) / 2;
        double now = minutes.get(50);
        assertThat(liquidity.getSamples()).isEqualTo(30);
        assertThat(liquidity.getHistoryMs()).isEqualTo(Duration.ofHours(29).toMillis());
        assertThat(liquidity.getDepthUsd()).isCloseTo(now, within(1e-6));
        assertThat(liquidity.getUsualDepthUsd()).isCloseTo(usual, within(1e-6));
        assertThat(liquidity.getDepthRatio()).isCloseTo(now / usual, within(1e-9));
        assertThat(liquidity.getRecoveryHalfLifeMs() / (MINUTE * 1e3))
                .isCloseTo(Math.log(2) / -Math.log(0.9), within(1e-3));
        assertThat(liquidity.getDepthTimeMs())
                .isEqualTo(MonitorFixture.START
                        .plusSeconds(30 * HOUR + 50 * MINUTE - 10)
                        .toEpochMilli());
        // An average offer of 100.3 and an average bid of 99.8.
        assertThat(liquidity.getRoundTripCost()).isCloseTo(0.005, within(1e-9));
        assertThat(liquidity.getRoundTripDistance()).isEqualTo(0.01);
    }

    /** A book just before such a second, told of by the price in it; what is bid and offered within 1 %, US dollars. */
    private double bookBefore(int second, double perSide) {
        monitor.at(second - 10)
                .live()
                .depth(new Depth(
                        MonitorFixture.VENUE, "X", 100.0, List.of(new DepthLevel(0.01, perSide, perSide, 99.8, 100.3))))
                .wait(A_LITTLE);
        monitor.at(second).live().price("X", 100).wait(A_LITTLE);
        return 2 * perSide * 100;
    }

    @Test
    void shouldMeasureAtThePresentPriceWhereTheLadderIsOlder() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.SETTINGS.withMeasures(
                new MeasureSettings(Duration.ofMillis(50), Set.of(MeasureGroup.LIQUIDITY))));
        monitor.at(0).instrument("X", 2, 10).price("X", 100);
        monitor.isolated("long", "X", 100, 100, 100 * (100 - 0.95 * 98.5))
                .depth("X", 100, 500)
                .settle();

        // Long enough for conflation, state and measures one after the other, in whatever order timers of the same
        // moment fire; the next ladder comes half a second later.
        monitor.at(1).price("X", 100.4).wait(Duration.ofMillis(200));

        assertThat(monitor.ladders().get("test:X").getMarkPrice())
                .describedAs("the ladder is older")
                .isEqualTo(100);
        assertThat(monitor.market("X").getMarkPrice()).isEqualTo(100.4);
        assertThat(monitor.measured("X").getAsOfMs())
                .isEqualTo(monitor.market("X").getAsOfMs());
        ForcedAgainstDepth two = Objects.requireNonNull(monitor.measured("X").getLiquidity())
                .getBands()
                .get(1);
        assertThat(two.getForcedSaleUsd()).isCloseTo(10_040, within(1e-6));
    }

    @Test
    void shouldTellThePhaseOfTheCycle() {
        monitor.at(0).instrument("X", 2, 10).price("X", 100).cash("long", 1e9).settle();
        for (int hour = 0; hour < 24 * 14; hour++) {
            double wave = 1 + 0.01 * Math.sin(hour * 0.7) + 0.005 * Math.sin(hour * 0.311);
            monitor.at(hour * HOUR)
                    .live()
                    .cross("long", "X", Math.round(100_000 * wave) / 100.0, 100)
                    .price("X", 100)
                    .wait(A_LITTLE);
        }
        CycleMeasures before = Objects.requireNonNull(monitor.measured("X").getCycle());
        for (int hour = 24 * 14; hour < 24 * 14 + 4; hour++) {
            monitor.at(hour * HOUR)
                    .live()
                    .cross("long", "X", 700, 100)
                    .price("X", 80)
                    .wait(A_LITTLE);
        }
        monitor.settle();

        CycleMeasures after = Objects.requireNonNull(monitor.measured("X").getCycle());

        assertThat(before.getPhase()).isEqualTo(CyclePhase.CALM);
        assertThat(before.getSamples()).isGreaterThan(300);
        assertThat(before.getOfVenueOpenInterest()).isFalse();
        assertThat(after.getPhase()).isEqualTo(CyclePhase.DELEVERAGING);
        assertThat(after.getOpenInterestChange()).isCloseTo(Math.log(0.7), within(0.03));
        assertThat(after.getOpenInterestTrendScore()).isLessThan(-2);
        assertThat(after.getForcedScore()).isNull();
    }

    @Test
    void shouldTellThePhaseOfTheSystemAndOfEachAsset() {
        monitor.at(0)
                .instrument("X", 2, 10)
                .instrument("Y", 2, 10)
                .price("X", 100)
                .price("Y", 50);
        monitor.cash("long", 1e9).settle();
        for (int hour = 0; hour < 24 * 14; hour++) {
            double wave = 1 + 0.01 * Math.sin(hour * 0.7) + 0.005 * Math.sin(hour * 0.311);
            monitor.at(hour * HOUR)
                    .live()
                    .cross("long", "X", Math.round(100_000 * wave) / 100.0, 100)
                    .cross("long", "Y", Math.round(50_000 * wave) / 100.0, 50)
                    .price("X", 100)
                    .price("Y", 50)
                    .wait(A_LITTLE);
            afterTheWait(hour, 100, 50);
        }
        CycleMeasures before = Objects.requireNonNull(systemMeasures("system").getCycle());

        // The price of one falls by half and nobody trades; hours later half of it is closed.
        for (int hour = 24 * 14; hour < 24 * 14 + 3; hour++) {
            monitor.at(hour * HOUR).live().price("X", 50).price("Y", 50).wait(A_LITTLE);
            afterTheWait(hour, 50, 50);
        }
        CycleMeasures fallen = Objects.requireNonNull(systemMeasures("system").getCycle());
        for (int hour = 24 * 14 + 3; hour < 24 * 14 + 6; hour++) {
            monitor.at(hour * HOUR)
                    .live()
                    .cross("long", "X", 500, 100)
                    .price("X", 50)
                    .price("Y", 50)
                    .wait(A_LITTLE);
            afterTheWait(hour, 50, 50);
        }

        assertThat(before.getPhase()).isEqualTo(CyclePhase.CALM);
        assertThat(before.getSamples()).isGreaterThan(300);
        assertThat(fallen.getPhase()).isEqualTo(CyclePhase.CALM);
        assertThat(fallen.getOpenInterestChange())
                .describedAs("a price is no position")
                .isCloseTo(0, within(0.03));
        SystemMeasureSet system = systemMeasures("system");
        CycleMeasures after = Objects.requireNonNull(system.getCycle());
        assertThat(system.getMarketsJudged()).isEqualTo(2);
        assertThat(after.getPhase()).isEqualTo(CyclePhase.DELEVERAGING);
        // Half of X, which at its new price is 50,000 of 75,000 dollars.
        assertThat(after.getOpenInterestChange()).isCloseTo(Math.log(50.0 / 75.0), within(0.03));
        assertThat(systemMeasures("venue:test").getCycle()).isEqualTo(after);
        assertThat(Objects.requireNonNull(systemMeasures("asset:X").getCycle()).getPhase())
                .isEqualTo(CyclePhase.DELEVERAGING);
        assertThat(Objects.requireNonNull(systemMeasures("asset:Y").getCycle()).getPhase())
                .isEqualTo(CyclePhase.CALM);
    }

    /** An hour of several markets is judged when five minutes of it have passed. */
    private void afterTheWait(int hour, double ofX, double ofY) {
        monitor.at(hour * HOUR + 5 * MINUTE)
                .live()
                .price("X", ofX)
                .price("Y", ofY)
                .wait(A_LITTLE);
    }

    @Test
    void shouldMeasureOnlyWhatIsSwitchedOn() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.measuring(MeasureGroup.LIQUIDITY));
        monitor.at(0).instrument("X", 2, 10).price("X", 100).settle();

        assertThat(monitor.measured("X").getVolatility()).isNull();
        assertThat(monitor.measured("X").getCycle()).isNull();
        assertThat(monitor.measured("X").getLiquidity()).isNotNull();
        assertThat(monitor.systemMeasures("system")).isNull();
    }

    @Test
    void shouldWriteNothingWhereAllIsSwitchedOff() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.measuring());
        monitor.at(0).instrument("X", 2, 10).price("X", 100).settle();

        assertThat(monitor.measures("X")).isNull();
        assertThat(monitor.market("X")).isNotNull();
    }

    private SystemMeasureSet systemMeasures(String subject) {
        return Objects.requireNonNull(monitor.systemMeasures(subject));
    }
}
