package io.plimsoll.risk.cycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CycleSignalsTest {

    private static final int HOURS = 745;
    private static final double[] NONE = new double[HOURS];

    static {
        Arrays.fill(NONE, Double.NaN);
    }

    @Test
    void shouldScoreTheNewestHourAgainstThoseBefore() {
        Random random = new Random(5);
        double[] openInterest = new double[HOURS];
        double[] forced = new double[HOURS];
        for (int i = 0; i < HOURS; i++) {
            openInterest[i] = 1e5 * Math.exp(0.02 * random.nextGaussian());
            forced[i] = 1e6 * random.nextDouble();
        }
        openInterest[HOURS - 1] = 8e4;
        forced[HOURS - 3] = 1e9;

        CycleSignals signals = CycleSignals.of(new CycleHistory(openInterest, NONE, NONE, NONE, NONE, NONE, forced));

        assertThat(signals.openInterestChange()).isCloseTo(Math.log(8e4 / openInterest[HOURS - 25]), within(1e-12));
        assertThat(signals.openInterestTrend()).isCloseTo(byHand(changes(openInterest)), within(1e-9));
        double[] levels = Arrays.stream(openInterest).map(Math::log).toArray();
        assertThat(signals.openInterest()).isCloseTo(byHand(levels), within(1e-9));
        assertThat(signals.forced()).isGreaterThan(10);
        assertThat(signals.funding()).isNaN();
        assertThat(signals.leverage()).isNaN();
    }

    @Test
    void shouldSayNothingOfAShortHistory() {
        double[] openInterest = NONE.clone();
        for (int i = HOURS - 90; i < HOURS; i++) {
            openInterest[i] = 100 + i % 7;
        }

        CycleSignals signals = CycleSignals.of(new CycleHistory(openInterest, NONE, NONE, NONE, NONE, NONE, NONE));

        assertThat(signals.openInterest()).isNotNaN();
        assertThat(signals.openInterestChange()).isNotNaN();
        assertThat(signals.openInterestTrend())
                .describedAs("66 changes over a day")
                .isNaN();
    }

    private static double[] changes(double[] values) {
        double[] changes = new double[values.length - 24];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = Math.log(values[i + 24]) - Math.log(values[i]);
        }
        return changes;
    }

    /** Median and deviations counted out: the value with as many below as above. */
    private static double byHand(double[] values) {
        double[] others = Arrays.copyOf(values, values.length - 1);
        double median = middle(others);
        double[] away =
                Arrays.stream(others).map(value -> Math.abs(value - median)).toArray();
        return (values[values.length - 1] - median) / (1.4826 * middle(away));
    }

    private static double middle(double[] values) {
        double low = Double.NaN;
        double high = Double.NaN;
        for (double value : values) {
            long below = Arrays.stream(values).filter(other -> other < value).count();
            if (below == (values.length - 1) / 2) {
                low = value;
            }
            if (below == values.length / 2) {
                high = value;
            }
        }
        return (low + high) / 2;
    }
}
