package io.plimsoll.topology.measures;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.topology.avro.MeasureSample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MarketHistoryTest {

    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;

    private final Map<String, MeasureSample> rows = new TreeMap<>();
    private MarketHistory history = new MarketHistory();

    @Test
    void shouldRememberWhatWasFirstInEachStep() {
        take(HOUR_MS, 100);
        take(HOUR_MS + 10, 101);
        take(HOUR_MS + MINUTE_MS, 102);
        take(HOUR_MS + 2 * MINUTE_MS, 103);
        take(HOUR_MS + MINUTE_MS + 1, 104);

        assertThat(last(history.minutes(Series.PRICE), 4)).containsExactly(Double.NaN, 100, 102, 103);
        assertThat(last(history.hours(Series.PRICE), 2)).containsExactly(Double.NaN, 100);
    }

    @Test
    void shouldSayWhenAnHourBegins() {
        assertThat(take(5 * HOUR_MS + 1, 1)).isTrue();
        assertThat(take(6 * HOUR_MS - 1, 1)).isFalse();
        assertThat(take(6 * HOUR_MS, 1)).isTrue();
    }

    @Test
    void shouldLeaveGapsOpen() {
        take(HOUR_MS, 100);
        take(HOUR_MS + 3 * MINUTE_MS, 103);

        assertThat(last(history.minutes(Series.PRICE), 4)).containsExactly(100, Double.NaN, Double.NaN, 103);
        take(HOUR_MS + 500 * MINUTE_MS, 600);
        assertThat(history.minutes(Series.PRICE))
                .hasSize(61)
                .containsOnlyOnce(600)
                .doesNotContain(100, 103);
    }

    @Test
    void shouldBeTheSameAfterARestart() {
        for (int minute = 0; minute < 50 * 60; minute += 1 + minute % 7) {
            take(minute * MINUTE_MS, minute);
        }
        int stored = rows.size();
        MarketHistory before = history;
        restart();

        for (Grid grid : Grid.values()) {
            assertThat(history.values(grid, Series.PRICE)).isEqualTo(before.values(grid, Series.PRICE));
        }
        for (int minute = 50 * 60; minute < 1_000 * 60; minute++) {
            take(minute * MINUTE_MS, minute);
        }
        assertThat(stored).isLessThanOrEqualTo(61 + 289 + 745);
        assertThat(rows).describedAs("however long it goes on").hasSize(61 + 289 + 745);
    }

    @Test
    void shouldReadRowsOfAnOlderProgram() {
        history.restore("h", new MeasureSample(7L, List.of(100.0)));

        assertThat(last(history.hours(Series.PRICE), 1)).containsExactly(100);
        assertThat(last(history.hours(Series.FORCED_USD), 1)).containsExactly(Double.NaN);
    }

    private boolean take(long timeMs, double price) {
        double[] values = new double[Series.values().length];
        values[Series.PRICE.ordinal()] = price;
        return history.take(timeMs, () -> values, rows::put);
    }

    private void restart() {
        history = new MarketHistory();
        rows.forEach((key, row) -> history.restore(key.split("\\|")[0], row));
    }

    private static double[] last(double[] values, int count) {
        return Arrays.copyOfRange(values, values.length - count, values.length);
    }
}
