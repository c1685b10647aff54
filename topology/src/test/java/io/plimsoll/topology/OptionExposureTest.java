package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeltaHedging;
import io.plimsoll.schemas.avro.OptionExposure;
import io.plimsoll.schemas.avro.OptionGreeks;
import io.plimsoll.schemas.avro.OptionKind;
import io.plimsoll.schemas.avro.OptionPrice;
import io.plimsoll.schemas.avro.OptionStrike;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionExposureTest {

    private static final double SPOT = 60_000;
    private static final long EXPIRY_MS =
            MonitorFixture.START.plus(Duration.ofDays(30)).toEpochMilli();

    @AutoClose
    private MonitorFixture monitor = new MonitorFixture();

    @Test
    void shouldAddUpTheGreeksOfAllOptionsOnAnAsset() {
        monitor.at(0)
                .option(call("A", 60_000)
                        .setGamma(2e-5)
                        .setDelta(0.5)
                        .setVega(60.0)
                        .setOpenInterest(1_000.0))
                .option(put("B", 55_000)
                        .setGamma(1e-5)
                        .setDelta(-0.2)
                        .setVega(30.0)
                        .setOpenInterest(2_000.0))
                .option(call("ETH-C", 3_000).setBaseAsset("ETH").setUnderlyingPrice(3_000.0));

        OptionExposure btc = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));

        assertThat(btc.getTotal().getOptions()).isEqualTo(2);
        assertThat(btc.getTotal().getOpenInterest()).isEqualTo(3_000);
        assertThat(btc.getTotal().getCallOpenInterest()).isEqualTo(1_000);
        assertThat(btc.getTotal().getGammaUsd()).isCloseTo(720_000 * 2, within(1e-6));
        assertThat(btc.getTotal().getDealerGammaUsd()).isCloseTo(0, within(1e-6));
        assertThat(btc.getTotal().getDeltaUsd()).isCloseTo((500 - 400) * SPOT, within(1e-6));
        assertThat(btc.getTotal().getDeltaEquivalentUsd()).isCloseTo(900 * SPOT, within(1e-6));
        assertThat(btc.getTotal().getVegaUsd()).isCloseTo(120_000, within(1e-6));
        assertThat(btc.getByStrike()).extracting(strike -> strike.getStrike()).containsExactly(55_000.0, 60_000.0);
        assertThat(btc.getByExpiry())
                .singleElement()
                .satisfies(expiry -> assertThat(expiry.getGreeks()).isEqualTo(btc.getTotal()));
        assertThat(btc.getCoverage()).isEqualTo(1);
        assertThat(btc.getStalenessMs()).isZero();
    }

    @Test
    void shouldHedgeByThePriceThatWouldBe() {
        monitor.at(0).option(put("P", 58_000).setOpenInterest(1_000.0));

        List<DeltaHedging> ladder = Objects.requireNonNull(
                        monitor.wait(seconds(2)).optionExposure("BTC"))
                .getDeltaHedging();

        assertThat(ladder).extracting(DeltaHedging::getShock).isSorted().contains(-0.2, -0.01, 0.01, 0.2);
        assertThat(ladder).filteredOn(point -> point.getShock() < 0).allSatisfy(fall -> {
            assertThat(fall.getDealerFlow()).isNegative().isEqualTo(-fall.getGrossFlow());
            assertThat(fall.getPrice()).isEqualTo(SPOT * (1 + fall.getShock()));
        });
        assertThat(ladder)
                .filteredOn(point -> point.getShock() > 0)
                .allSatisfy(rise -> assertThat(rise.getDealerFlow()).isPositive());
        assertThat(ladder)
                .filteredOn(point -> point.getShock() < 0)
                .extracting(DeltaHedging::getGrossFlow)
                .isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    @Test
    void shouldSayWhatItDoesNotKnow() {
        monitor.at(0)
                .option(call("A", 60_000).setOpenInterest(300.0))
                .option(call("B", 60_000).setOpenInterest(100.0).setMarkVolatility(null))
                .option(call("C", 60_000).setOpenInterest(null));

        OptionExposure btc = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));

        assertThat(btc.getCoverage()).isEqualTo(0.75);
        assertThat(btc.getOptionsLeftOut()).isEqualTo(1);
        assertThat(btc.getOptionsUnreported()).isEqualTo(1);
        assertThat(btc.getVenueDeltaGap()).isNull();
        assertThat(btc.getTakerGammaUsd()).isNull();
        assertThat(btc.getTakerGammaMissing()).contains("not among the inputs");
    }

    @Test
    void shouldHoldTheNewestOfEveryOptionByEventTime() {
        monitor.at(10).option(call("A", 60_000).setOpenInterest(500.0));
        monitor.at(5).option(call("A", 60_000).setOpenInterest(900.0));

        OptionExposure btc = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));

        assertThat(btc.getTotal().getOpenInterest()).isEqualTo(500);
        assertThat(btc.getAsOfMs())
                .isEqualTo(MonitorFixture.START.plusSeconds(10).toEpochMilli());
    }

    @Test
    void shouldForgetWhatHasExpired() {
        monitor.at(0)
                .option(call("A", 60_000)
                        .setExpiryMs(MonitorFixture.START.plusSeconds(60).toEpochMilli()))
                .option(call("B", 60_000).setOpenInterest(7.0));
        monitor.at(60).option(call("B", 60_000).setOpenInterest(8.0));

        OptionExposure btc = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));

        assertThat(btc.getTotal().getOptions()).isEqualTo(1);
        assertThat(btc.getTotal().getOpenInterest()).isEqualTo(8);
    }

    /** Options are traded, closed, not reported for a while and expire; records come late. The sums are made from the newest. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldComeToWhatTheNewestRecordsComeToWhateverWasBefore(long seed) {
        Random random = new Random(seed);
        Map<String, OptionPrice> newest = new TreeMap<>();
        Map<String, Long> times = new HashMap<>();
        long nowMs = 0;
        OptionExposure last = null;
        for (int i = 0; i < 400; i++) {
            int which = random.nextInt(20);
            boolean isCall = which % 2 == 0;
            OptionPrice.Builder option = (isCall ? call("S" + which, 50_000 + 1_000 * which) : put("S" + which, 60_000))
                    .setExpiryMs(
                            MonitorFixture.START.plusSeconds(80 + 10L * which).toEpochMilli())
                    .setUnderlyingPrice(random.nextInt(8) == 0 ? null : (Double) (SPOT + random.nextInt(500)))
                    .setDelta((isCall ? 1 : -1) * random.nextDouble())
                    .setGamma(1e-4 * random.nextDouble())
                    .setVega(100 * random.nextDouble())
                    .setOpenInterest(
                            random.nextInt(8) == 0 ? null : (Double) (double) Math.max(0, random.nextInt(99) - 9));
            nowMs += random.nextInt(700);
            long timeMs = Math.max(0, nowMs - random.nextInt(3_000));
            monitor.at(timeMs / 1000.0).option(option);
            if (times.getOrDefault(option.getSymbol(), -1L) <= timeMs) {
                times.put(option.getSymbol(), timeMs);
                newest.put(option.getSymbol(), option.build());
            }
            if (i % 40 == 39) {
                last = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));
                assertPlain("seed " + seed + ", record " + i, last, newest, times);
            }
        }
        assertThat(last).isNotNull();
        assertThat(newest).hasSizeLessThan(20).isNotEmpty();

        for (OptionPrice open : List.copyOf(newest.values())) {
            monitor.at(nowMs / 1000.0).option(OptionPrice.newBuilder(open).setOpenInterest(0.0));
        }

        OptionExposure closed = Objects.requireNonNull(monitor.wait(seconds(2)).optionExposure("BTC"));
        assertThat(closed.getTotal())
                .isEqualTo(new OptionGreeks(0, 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0., 0.));
        assertThat(closed.getCoverage()).isNull();
        assertThat(closed.getEffectiveLeverage()).isNull();
        assertThat(closed.getByStrike()).isEmpty();
        assertThat(closed.getDeltaHedging())
                .allSatisfy(point -> assertThat(point.getGrossFlow()).isZero());
    }

    /** All but what the model adds. */
    private static void assertPlain(
            String what, OptionExposure actual, Map<String, OptionPrice> newest, Map<String, Long> times) {
        long nowMs = actual.getAsOfMs();
        newest.values().removeIf(option -> option.getExpiryMs() <= nowMs);
        double[] sums = new double[8];
        double reported = 0;
        int leftOut = 0;
        int unreported = 0;
        long oldestMs = nowMs;
        Set<Double> strikes = new TreeSet<>();
        for (OptionPrice option : newest.values()) {
            Double open = option.getOpenInterest();
            Double forward = option.getUnderlyingPrice();
            unreported += open == null ? 1 : 0;
            if (open == null || open == 0) {
                continue;
            }
            reported += open;
            if (forward == null) {
                leftOut++;
                continue;
            }
            boolean isCall = option.getKind() == OptionKind.CALL;
            double delta = Objects.requireNonNull(option.getDelta()) * open * forward;
            double gamma = Objects.requireNonNull(option.getGamma()) * open * forward * forward / 100;
            sums[0] += open;
            sums[1] += isCall ? open : 0;
            sums[2] += delta;
            sums[3] += Math.abs(delta);
            sums[4] += gamma;
            sums[5] += isCall ? gamma : -gamma;
            sums[6] += Objects.requireNonNull(option.getVega()) * open;
            sums[7]++;
            strikes.add(option.getStrike());
            oldestMs = Math.min(
                    oldestMs, MonitorFixture.START.toEpochMilli() + times.getOrDefault(option.getSymbol(), 0L));
        }
        OptionGreeks total = actual.getTotal();
        assertThat(new double[] {
                    total.getOpenInterest(),
                    total.getCallOpenInterest(),
                    total.getDeltaUsd(),
                    total.getDeltaEquivalentUsd(),
                    total.getGammaUsd(),
                    total.getDealerGammaUsd(),
                    total.getVegaUsd(),
                    total.getOptions()
                })
                .describedAs(what)
                .containsExactly(sums, within(1e-12 * (1 + sums[3] + sums[4])));
        assertThat(actual.getByStrike())
                .describedAs(what)
                .extracting(OptionStrike::getStrike)
                .containsExactlyElementsOf(strikes);
        assertThat(actual.getCoverage()).describedAs(what).isCloseTo(sums[0] / reported, within(1e-12));
        assertThat(actual.getOptionsLeftOut()).describedAs(what).isEqualTo(leftOut);
        assertThat(actual.getOptionsUnreported()).describedAs(what).isEqualTo(unreported);
        assertThat(actual.getStalenessMs()).describedAs(what).isEqualTo(nowMs - oldestMs);
    }

    @Test
    void shouldPublishOnceASecondOfEventTimeHoweverFastItComes() {
        for (int tenth = 0; tenth < 30; tenth++) {
            monitor.at(tenth / 10.0).option(call("A", 60_000).setOpenInterest(100.0 + tenth));
        }

        List<OptionExposure> published = monitor.optionExposures();

        assertThat(published)
                .extracting(exposure -> exposure.getTotal().getOpenInterest())
                .containsExactly(109.0, 119.0);
        assertThat(monitor.wait(seconds(2)).optionExposures())
                .extracting(exposure -> exposure.getTotal().getOpenInterest())
                .containsExactly(129.0);
        assertThat(monitor.wait(seconds(5)).optionExposures()).isEmpty();
    }

    @Test
    void shouldWaitForNobodyInAReplay() {
        monitor.close();
        monitor = new MonitorFixture(MonitorFixture.SETTINGS.withOrder(RecordOrder.EVENT_TIME));
        monitor.at(0).option(call("A", 60_000).setOpenInterest(5.0));
        monitor.at(3).option(call("A", 60_000).setOpenInterest(6.0));

        assertThat(monitor.optionExposures())
                .extracting(exposure -> exposure.getTotal().getOpenInterest())
                .containsExactly(5.0);
    }

    @Test
    void shouldRefuseWhatNoOptionIs() {
        monitor.at(0)
                .option(call("A", 60_000).setDelta(1.5))
                .option(call("B", 60_000).setOpenInterest(-1.0))
                .option(call("C", -1));

        assertThat(monitor.wait(seconds(2)).deadLetters())
                .extracting(DeadLetter::getDetail)
                .satisfiesExactly(
                        detail -> assertThat(detail).contains("delta is 1.5"),
                        detail -> assertThat(detail).contains("openInterest is -1.0"),
                        detail -> assertThat(detail).contains("strike is -1.0"));
        assertThat(monitor.optionExposure("BTC")).isNull();
    }

    private static Duration seconds(int number) {
        return Duration.ofSeconds(number);
    }

    private static OptionPrice.Builder call(String symbol, double strike) {
        return OptionPrice.newBuilder()
                .setVenue(MonitorFixture.VENUE)
                .setSymbol(symbol)
                .setKind(OptionKind.CALL)
                .setBaseAsset("BTC")
                .setSettleAsset("BTC")
                .setStrike(strike)
                .setExpiryMs(EXPIRY_MS)
                .setMarkPrice(0.01)
                .setIndexPrice(SPOT)
                .setUnderlyingPrice(SPOT)
                .setMarkVolatility(0.5)
                .setOpenInterest(100.0);
    }

    private static OptionPrice.Builder put(String symbol, double strike) {
        return call(symbol, strike).setKind(OptionKind.PUT);
    }
}
