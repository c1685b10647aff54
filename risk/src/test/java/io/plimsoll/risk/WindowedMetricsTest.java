package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.WindowedMetrics.Sample;
import io.plimsoll.risk.WindowedMetrics.Summary;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowedMetricsTest {

    private static final long GRACE_MS = 10_000;

    @Test
    void shouldLetAValueHoldUntilTheNext() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);

        metrics.add(sample(0, 10));
        metrics.add(sample(30_000, 20));
        metrics.add(sample(40_000, 0));

        assertThat(metrics.summary(0)).isEqualTo(new Summary(10, 20, 0, 0, (30 * 10 + 10 * 20) / 40.0));
    }

    @Test
    void shouldPutALateSampleInItsPlace() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);
        metrics.add(sample(0, 10));
        metrics.add(sample(8_000, 10));

        boolean taken = metrics.add(sample(4_000, 50));

        assertThat(taken).isTrue();
        assertThat(metrics.lateSamples()).isEqualTo(1);
        assertThat(metrics.summary(0)).isEqualTo(new Summary(10, 50, 10, 10, 30));
    }

    @Test
    void shouldLeaveOutASampleOlderThanItsGrace() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);
        metrics.add(sample(0, 10));
        metrics.add(sample(10_000, 10));
        metrics.add(sample(30_000, 10));

        assertThat(metrics.add(sample(0, 99))).isFalse();
        assertThat(metrics.summary(0).high()).isEqualTo(10);
        assertThat(metrics.samples()).isEqualTo(3);
    }

    @Test
    void shouldReplaceASampleOfTheSameTime() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);
        metrics.add(sample(0, 10));

        metrics.add(sample(0, 30));

        assertThat(metrics.summary(0)).isEqualTo(new Summary(30, 30, 30, 30, 30));
        assertThat(metrics.samples()).isEqualTo(1);
    }

    @Test
    void shouldLeaveTimeWithoutAValueOutOfTheMean() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);

        metrics.add(sample(0, 10));
        metrics.add(sample(1_000, Double.NaN));
        metrics.add(sample(9_000, 20));
        metrics.add(sample(10_000, 5));

        assertThat(metrics.summary(0)).isEqualTo(new Summary(10, 20, 5, 5, 15));
    }

    @Test
    void shouldSayNothingOfAMetricThatNeverHadAValue() {
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);

        metrics.add(sample(0, Double.NaN));

        assertThat(metrics.summary(0).close()).isNaN();
        assertThat(metrics.summary(0).mean()).isNaN();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldEqualARecomputationWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Double> all = new TreeMap<>();
        WindowedMetrics metrics = new WindowedMetrics(1, GRACE_MS);

        for (long timeMs = 0; timeMs < 600_000; timeMs += 1 + random.nextInt(3_000)) {
            long sampleMs = Math.max(0, timeMs - random.nextInt(5_000));
            double value = random.nextInt(6) == 0 ? Double.NaN : random.nextDouble();
            if (metrics.add(sample(sampleMs, value))) {
                all.put(sampleMs, value);
            }
            if (random.nextInt(20) == 0) {
                metrics = new WindowedMetrics(metrics.memory(), GRACE_MS);
            }
        }

        Summary summary = metrics.summary(0);
        assertThat(metrics.samples()).describedAs("seed %d", seed).isEqualTo(all.size());
        assertThat(metrics.lateSamples()).describedAs("seed %d", seed).isPositive();
        assertThat(summary.high())
                .isEqualTo(all.values().stream()
                        .filter(value -> !value.isNaN())
                        .max(Double::compare)
                        .orElseThrow());
        assertThat(summary.mean()).describedAs("seed %d", seed).isCloseTo(mean(all), within(1e-12));
    }

    private static double mean(TreeMap<Long, Double> samples) {
        double weighted = 0;
        double weightMs = 0;
        for (long timeMs : samples.keySet()) {
            Long nextMs = samples.higherKey(timeMs);
            double value = samples.get(timeMs);
            if (nextMs != null && !Double.isNaN(value)) {
                weighted += value * (nextMs - timeMs);
                weightMs += nextMs - timeMs;
            }
        }
        return weighted / weightMs;
    }

    private static Sample sample(long timeMs, double value) {
        return new Sample(timeMs, new double[] {value});
    }
}
