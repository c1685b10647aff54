package io.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WindowRecountTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void shouldWeighValuesByTheTimeTheyHeld() {
        List<MarketState> samples = List.of(sample(1_000, 10, null), sample(31_000, 40, 2.0), sample(41_000, 20, 4.0));

        WindowState window = Oracle.windows(samples, MINUTE).get(new Oracle.Window("alpha:X", 0));

        // 10 for 30 s, 40 for 10 s; the last value has not held yet.
        assertThat(metric(window, "markPrice")).isEqualTo(new WindowMetric("markPrice", 10.0, 40.0, 10.0, 20.0, 17.5));
        assertThat(metric(window, "leverage")).isEqualTo(new WindowMetric("leverage", 2.0, 4.0, 2.0, 4.0, 2.0));
        assertThat(window.getMetrics()).extracting(WindowMetric::getName).doesNotContain("hhi");
        assertThat(window.getSamples()).isEqualTo(3);
        assertThat(window.getAsOfMs()).isEqualTo(41_000);
    }

    @Test
    void shouldTakeTheValueOfASingleSample() {
        List<MarketState> samples = List.of(sample(59_999, 10, null), sample(60_000, 30, null));

        var windows = Oracle.windows(samples, MINUTE);

        assertThat(windows).containsOnlyKeys(new Oracle.Window("alpha:X", 0), new Oracle.Window("alpha:X", 60_000));
        assertThat(windows.values())
                .extracting(window -> metric(window, "markPrice").getMean())
                .containsExactly(10.0, 30.0);
    }

    private static WindowMetric metric(WindowState window, String name) {
        return window.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static MarketState sample(long timeMs, double mark, @Nullable Double leverage) {
        MarketState empty = emptyMarket();
        empty.setSymbol("X");
        empty.setAsOfMs(timeMs);
        empty.setMarkPrice(mark);
        empty.setLeverage(leverage);
        return empty;
    }

    private static MarketState emptyMarket() {
        Oracle oracle = new Oracle();
        for (LogRecord record : new RandomMarkets(1).log(1, 1, 2)) {
            oracle.accept(record.topic(), record.key(), record.timestampMs(), record.value());
        }
        return oracle.markets().values().iterator().next();
    }
}
