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
        double[] openInterest = random(random);
        double[] leverage = random(random);
        double[] basis = random(random);
        double[] funding = random(random);
        double[] skew = random(random);
        double[] depth = random(random);
        double[] forced = random(random);
        openInterest[HOURS - 1] = 0.2;
        forced[HOURS - 3] = 1e9;

        CycleSignals signals =
                CycleSignals.of(new CycleHistory(openInterest, leverage, basis, funding, skew, depth, forced));

        assertThat(signals.openInterestChange()).isCloseTo(Math.log(0.2 / openInterest[HOURS - 25]), within(1e-12));
        assertThat(signals.openInterestTrend()).isCloseTo(byHand(changes(openInterest)), within(1e-9));
        double[] levels = Arrays.stream(openInterest).map(Math::log).toArray();
        assertThat(signals.openInterest()).isCloseTo(byHand(levels), within(1e-9));
        assertThat(signals.leverage()).isCloseTo(byHand(leverage), within(1e-9));
        assertThat(signals.basis()).isCloseTo(byHand(basis), within(1e-9));
        assertThat(signals.funding()).isCloseTo(byHand(funding), within(1e-9));
        assertThat(signals.skew()).isCloseTo(byHand(skew), within(1e-9));
        assertThat(signals.depth()).isCloseTo(byHand(depth), within(1e-9));
        assertThat(signals.forced())
                .isCloseTo(byHand(days(forced)), within(1e-9))
                .isGreaterThan(10);
    }

    private static double[] random(Random random) {
        return random.doubles(HOURS).map(value -> 1 + value).toArray();
    }

    /** ln(1 + sum) of each day that ends with an hour. */
    private static double[] days(double[] hours) {
        double[] days = new double[hours.length - 23];
        for (int i = 0; i < days.length; i++) {
            double sum = 1;
            for (int hour = i; hour < i + 24; hour++) {
                sum += hours[hour];
            }
            days[i] = Math.log(sum);
        }
        return days;
    }

    @Test
    void shouldSayNothingOfAShortHistory() {
        double[] openInterest = NONE.clone();
        for (int i = HOURS - 90; i < HOURS; i++) {
            openInterest[i] = 100 + i % 7;
        }

        CycleSignals signals = CycleSignals.of(new CycleHistory(openInterest, NONE, NONE, NONE, NONE, NONE, NONE));

        assertThat(signals.openInterest()).isNotNaN();
        assertThat(signals.leverage()).isNaN();
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
