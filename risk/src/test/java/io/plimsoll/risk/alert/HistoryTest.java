package io.plimsoll.risk.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final int RUNS = 200;
    private static final double ROUNDING = 1e-9;

    @Test
    void shouldReadWhatBruteForceReads() {
        int known = 0;
        for (int run = 0; run < RUNS; run++) {
            Random random = new Random(run);
            long windowMs = 240L * (1 + random.nextInt(50));
            long stepMs = 1 + random.nextInt((int) windowMs / 20);
            History history = new History(windowMs);
            TreeMap<Long, Double> firstByBucket = new TreeMap<>();
            long nowMs = 1_000_000;
            for (int i = 0; i < 400; i++) {
                nowMs += random.nextInt(50) == 0 ? windowMs * random.nextInt(4) : random.nextLong(stepMs + 1);
                double value = random.nextInt(4) == 0 ? 5 : random.nextGaussian() * 10;
                boolean began = history.add(nowMs, value);
                boolean isNew = firstByBucket.putIfAbsent(nowMs / (windowMs / 240), value) == null;
                assertThat(began).describedAs("run %s, value %s", run, i).isEqualTo(isNew);
                for (Form form : Form.values()) {
                    double expected = bruteForce(firstByBucket, form, value);
                    known += Double.isNaN(expected) ? 0 : 1;
                    assertThat(history.reading(form, value))
                            .describedAs("run %s, value %s, %s", run, i, form)
                            .satisfies(found -> assertThat(Double.isNaN(found) == Double.isNaN(expected)
                                            && (Double.isNaN(found) || Math.abs(found - expected) < ROUNDING))
                                    .describedAs("%s, expected %s", found, expected)
                                    .isTrue());
                }
            }
        }
        assertThat(known).isGreaterThan(RUNS * 400);
    }

    /** Windows are whole numbers of 240 buckets here. */
    private static double bruteForce(TreeMap<Long, Double> firstByBucket, Form form, double value) {
        long newest = firstByBucket.lastKey();
        List<Double> window =
                new ArrayList<>(firstByBucket.subMap(newest - 240, newest).values());
        Map.Entry<Long, Double> before = firstByBucket.floorEntry(newest - 240);
        double stood = before == null || before.getKey() < newest - 480 ? Double.NaN : before.getValue();
        boolean enough = window.size() >= 10 && newest - firstByBucket.ceilingKey(newest - 240) >= 24;
        double[] samples = window.stream().mapToDouble(each -> each).toArray();
        return switch (form) {
            case LEVEL -> value;
            case CHANGE -> value - stood;
            case CHANGE_RATIO -> (value - stood) / Math.abs(stood);
            case RANK ->
                enough
                        ? window.stream()
                                .mapToDouble(each -> (Math.signum(value - each) + 1) / 2)
                                .average()
                                .orElseThrow()
                        : Double.NaN;
            case ROBUST_Z -> {
                if (!enough) {
                    yield Double.NaN;
                }
                double median = new Median().evaluate(samples);
                double[] apart = window.stream()
                        .mapToDouble(each -> Math.abs(each - median))
                        .toArray();
                double deviation = new Median().evaluate(apart);
                yield value == median ? 0 : deviation == 0 ? Double.NaN : (value - median) / (1.4826 * deviation);
            }
        };
    }

    @Test
    void shouldNotCallASteadyValueExtreme() {
        History history = new History(240_000);

        for (int second = 0; second < 200; second++) {
            history.add(second * 1_000L, 3);
        }

        assertThat(history.reading(Form.RANK, 3)).isEqualTo(0.5);
        assertThat(history.reading(Form.ROBUST_Z, 3)).isZero();
        assertThat(history.reading(Form.ROBUST_Z, 4)).isNaN();
        assertThat(history.reading(Form.CHANGE_RATIO, 3)).isNaN();
    }

    @Test
    void shouldKnowNoChangeFromAValueOfLongAgo() {
        History history = new History(60_000);
        history.add(0, 10);

        history.add(115_000, 20);
        assertThat(history.reading(Form.CHANGE, 20)).isEqualTo(10);

        history.add(400_000, 40);
        assertThat(history.reading(Form.CHANGE, 40)).isNaN();
        assertThat(history.reading(Form.CHANGE_RATIO, 40)).isNaN();
    }

    @Test
    void shouldGoOnFromItsMemory() {
        Random random = new Random(1);
        History history = new History(1_000);
        for (int i = 0; i < 2_000; i++) {
            History restored = new History(1_000, history.memory());
            long timeMs = i * 7L;
            double value = random.nextDouble();
            assertThat(restored.add(timeMs, value)).isEqualTo(history.add(timeMs, value));
            for (Form form : Form.values()) {
                assertThat(restored.reading(form, value)).isEqualTo(history.reading(form, value), within(0.0));
            }
            assertThat(restored.memory()).isEqualTo(history.memory());
        }
    }
}
