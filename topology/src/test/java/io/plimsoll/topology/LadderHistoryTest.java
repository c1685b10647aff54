package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.Rung;
import io.plimsoll.topology.avro.LadderCell;
import io.plimsoll.topology.avro.LadderSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.streams.state.WindowStoreIterator;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of past ladders. */
class LadderHistoryTest {

    private static final String MARKET = MonitorFixture.VENUE + ":BTC";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final double MARK = 100;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void open() {
        monitor.instrument("BTC", 5, 40).at(0).price("BTC", MARK);
    }

    @Test
    void shouldKeepTheFirstLadderOfEachMinute() {
        monitor.isolated("a", "BTC", 10, MARK, 200).isolated("b", "BTC", 5, MARK, 100.2);
        monitor.isolated("c", "BTC", -4, MARK, 40).settle();
        Map<Integer, double[]> first = recounted();
        monitor.at(20).isolated("d", "BTC", 7, MARK, 70).settle();

        assertThat(history(MINUTE)).singleElement().satisfies(kept -> {
            assertThat(kept.getWindowStartMs()).isEqualTo(MonitorFixture.START.toEpochMilli());
            assertThat(kept.getMarkPrice()).isEqualTo(MARK);
            assertThat(kept.getModelled()).isFalse();
            assertSame(kept, first);
        });

        monitor.at(61).isolated("e", "BTC", -3, MARK, 30).settle();

        List<LadderSnapshot> both = history(MINUTE);
        assertThat(both).hasSize(2);
        assertThat(both.get(1).getWindowStartMs())
                .isEqualTo(MonitorFixture.START.plus(MINUTE).toEpochMilli());
        assertThat(both.get(1).getAsOfMs())
                .isEqualTo(MonitorFixture.START.plusSeconds(61).toEpochMilli());
        assertSame(both.get(1), recounted());
        assertThat(history(Duration.ofMinutes(5))).hasSize(1);
    }

    @Test
    void shouldForgetMinutesAfterTwoHoursAndTheRestAfterADay() {
        int before = 0;
        for (int hour : List.of(0, 3, 30)) {
            monitor.driver().advanceWallClockTime(Duration.ofHours(hour - before));
            before = hour;
            monitor.at(hour * 3_600).price("BTC", MARK).isolated("a" + hour, "BTC", 1, MARK, 20);
            monitor.settle();

            assertThat(hours(MINUTE)).containsExactly((long) hour);
            assertThat(hours(Duration.ofMinutes(5)))
                    .containsExactlyElementsOf(hour == 3 ? List.of(0L, 3L) : List.of((long) hour));
        }
    }

    @Test
    void shouldLeaveOutWhatIsFarFromThePrice() {
        monitor.isolated("near", "BTC", 1, MARK, 30)
                .isolated("far", "BTC", 1, MARK, 90)
                .settle();
        Ladder ladder = Objects.requireNonNull(monitor.ladders().get(MARKET));

        assertThat(ladder.getLiquidation()).hasSize(2);
        assertThat(history(MINUTE).get(0).getCells())
                .singleElement()
                .satisfies(cell -> assertThat(Math.exp(0.005 * cell.getCell())).isBetween(60.0, 80.0));
    }

    @Test
    void shouldSayWhatTheBookHoldsOnlyWhereItCanBeBelieved() {
        monitor.depth("BTC", MARK, 50).isolated("a", "BTC", 1, MARK, 20).settle();
        monitor.at(300).price("BTC", MARK).isolated("b", "BTC", 1, MARK, 20).settle();

        List<LadderSnapshot> kept = history(MINUTE);

        assertThat(kept.get(0).getBidDepth()).isCloseTo(50, within(1e-9));
        assertThat(kept.get(0).getAskDepth()).isCloseTo(50, within(1e-9));
        assertThat(kept.get(1).getBidDepth()).describedAs("five minutes old").isNull();
    }

    /** Base units by coarse cell, counted from the published ladder. */
    private Map<Integer, double[]> recounted() {
        Map<Integer, double[]> byCell = new TreeMap<>();
        for (Rung rung : Objects.requireNonNull(monitor.ladders().get(MARKET)).getLiquidation()) {
            double middle = Math.sqrt(rung.getLowerPrice() * rung.getUpperPrice());
            double[] sizes = byCell.computeIfAbsent((int) Math.floor(Math.log(middle) / 0.005), none -> new double[2]);
            sizes[0] += rung.getLongSize();
            sizes[1] += rung.getShortSize();
        }
        return byCell;
    }

    private static void assertSame(LadderSnapshot kept, Map<Integer, double[]> counted) {
        assertThat(kept.getCells()).extracting(LadderCell::getCell).containsExactlyElementsOf(counted.keySet());
        for (LadderCell cell : kept.getCells()) {
            double[] sizes = counted.get(cell.getCell());
            assertThat(cell.getLongSize()).isCloseTo(sizes[0], within(1e-9));
            assertThat(cell.getShortSize()).isCloseTo(sizes[1], within(1e-9));
        }
    }

    private List<Long> hours(Duration size) {
        return history(size).stream()
                .map(kept -> Duration.ofMillis(kept.getWindowStartMs() - MonitorFixture.START.toEpochMilli())
                        .toHours())
                .toList();
    }

    private List<LadderSnapshot> history(Duration size) {
        List<LadderSnapshot> found = new ArrayList<>();
        try (WindowStoreIterator<LadderSnapshot> windows = monitor.driver()
                .<String, LadderSnapshot>getWindowStore(MonitorStores.ladderHistory(size))
                .fetch(MARKET, Instant.EPOCH, MonitorFixture.START.plus(Duration.ofDays(9)))) {
            windows.forEachRemaining(window -> found.add(window.value));
        }
        return found;
    }
}
