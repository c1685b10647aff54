package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowsTest {

    private static final long MINUTE_MS = 60_000;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    private final Map<String, WindowState> windows = new HashMap<>();

    @BeforeEach
    void start() {
        monitor.instrument("BTC", 5, 40).cash("a", 50).cross("a", "BTC", 1, 100);
    }

    @Test
    void shouldKeepOpenHighLowCloseAndTimeWeightedMean() {
        prices(0, 100, 10, 130, 20, 90, 50, 110);
        monitor.settle();

        WindowMetric mark = metric(minute(0), "markPrice");
        assertThat(mark.getOpen()).isEqualTo(100);
        assertThat(mark.getHigh()).isEqualTo(130);
        assertThat(mark.getLow()).isEqualTo(90);
        assertThat(mark.getClose()).isEqualTo(110);
        assertThat(mark.getMean()).isCloseTo((10 * 100 + 10 * 130 + 30 * 90) / 50.0, within(1e-9));
        assertThat(minute(0).getIsFinal()).isFalse();
        assertThat(minute(0).getSamples()).isEqualTo(4);
    }

    @Test
    void shouldCloseAWindowOnceItsGraceHasPassed() {
        prices(0, 100, 59, 120, 62, 130);
        monitor.settle();
        assertThat(minute(0).getIsFinal()).isFalse();

        prices(71, 140);
        monitor.settle();

        assertThat(minute(0).getIsFinal()).isTrue();
        assertThat(metric(minute(0), "markPrice").getClose()).isEqualTo(120);
        assertThat(metric(minute(1), "markPrice").getOpen()).isEqualTo(130);
        assertThat(minute(1).getIsFinal()).isFalse();
    }

    @Test
    void shouldCloseTheLastWindowOfASilentMarket() {
        prices(0, 100);
        monitor.settle();

        monitor.wait(Duration.ofSeconds(75));

        assertThat(minute(0).getIsFinal()).isTrue();
    }

    @Test
    void shouldMeetEachPriceWithTheBookOfItsTime() {
        prices(0, 100, 10, 110);
        monitor.at(20).cross("a", "BTC", 5, 100);
        prices(30, 120);
        monitor.settle();

        WindowMetric notional = metric(minute(0), "longNotionalUsd");
        assertThat(notional.getOpen()).isEqualTo(100);
        assertThat(notional.getHigh()).isEqualTo(600);
        assertThat(notional.getMean()).isCloseTo((10 * 100 + 10 * 110 + 10 * 550) / 30.0, within(1e-9));
    }

    @Test
    void shouldKeepSystemWindows() {
        monitor.instrument("ETH", 4, 25).cash("b", 10).cross("b", "ETH", 10, 10).price("ETH", 10);
        prices(0, 100, 30, 200);
        monitor.settle().settle();

        WindowState system = latest(monitor.systemWindows()).get("system@60000@" + start(0));
        assertThat(metric(system, "longNotionalUsd").getClose()).isEqualTo(300);
        assertThat(system.getSubject()).isEqualTo("system");
    }

    @Test
    void shouldAnswerQueriesFromTheWindowStores() {
        prices(0, 100, 61, 120);
        monitor.settle();

        try (WindowStoreIterator<WindowState> found = monitor.driver()
                .<String, WindowState>getWindowStore(MonitorStores.marketWindows(Duration.ofMinutes(1)))
                .fetch("test:BTC", MonitorFixture.START, MonitorFixture.START.plusSeconds(120))) {
            assertThat(found.next().value.getWindowStartMs()).isEqualTo(start(0));
            assertThat(found.next().value.getWindowStartMs()).isEqualTo(start(1));
        }
    }

    /** Pairs of seconds and mark prices. */
    private void prices(double... secondsAndMarks) {
        for (int i = 0; i < secondsAndMarks.length; i += 2) {
            monitor.at(secondsAndMarks[i]).price("BTC", secondsAndMarks[i + 1]);
        }
    }

    private WindowState minute(int number) {
        windows.putAll(latest(monitor.marketWindows()));
        return windows.get("test:BTC@" + MINUTE_MS + "@" + start(number));
    }

    private static Map<String, WindowState> latest(List<WindowState> published) {
        Map<String, WindowState> latest = new HashMap<>();
        published.forEach(window -> latest.put(
                window.getSubject() + "@" + window.getWindowSizeMs() + "@" + window.getWindowStartMs(), window));
        return latest;
    }

    private static long start(int minute) {
        return MonitorFixture.START.toEpochMilli() + minute * MINUTE_MS;
    }

    private static WindowMetric metric(WindowState window, String name) {
        return window.getMetrics().stream()
                .filter(metric -> metric.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
