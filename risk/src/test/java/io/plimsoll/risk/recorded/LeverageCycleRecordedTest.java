package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.cycle.CycleHistory;
import io.plimsoll.risk.cycle.CyclePhase;
import io.plimsoll.risk.cycle.CycleSignals;
import io.plimsoll.risk.cycle.CycleStanding;
import io.plimsoll.risk.cycle.LeverageCycle;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Phases of the leverage cycle in an aggregate of BTC by the hour, December 2025 to June 2026: writes the picture and the table
 * of docs/replays/cycle-feb-2026.md to the target folder.
 */
class LeverageCycleRecordedTest {

    private static final long HOUR_MS = 3_600_000;
    /** As many hours as markets are remembered for. */
    private static final int REMEMBERED = 745;

    /** The market when an hour is over: that is when the file's closes are known. */
    private record Hour(long timeMs, double price, double openInterest, double funding, double forcedUsd) {}

    @Test
    void shouldFindTheDeleveragingOfFebruary() throws IOException {
        TreeMap<Long, Hour> hours = hours();
        List<CycleChart.Point> points = new ArrayList<>();
        CycleStanding standing = CycleStanding.beginning(hours.firstKey());
        for (long timeMs : hours.keySet()) {
            CycleSignals signals = CycleSignals.of(history(hours, timeMs));
            standing = LeverageCycle.next(standing, signals, timeMs);
            Hour hour = hours.get(timeMs);
            points.add(new CycleChart.Point(
                    timeMs, hour.price(), hour.openInterest(), hour.forcedUsd(), signals, standing.phase()));
        }

        Path target = Path.of("target");
        Files.writeString(
                target.resolve("cycle-feb-2026.svg"),
                CycleChart.svg(points, at("2026-01-15T00:00:00Z"), at("2026-02-25T00:00:00Z")));
        Files.write(target.resolve("cycle-phases.txt"), CycleChart.phases(points));
        assertThat(phaseAt(points, "2026-02-01T00:00:00Z")).isEqualTo(CyclePhase.DELEVERAGING);
        assertThat(phaseAt(points, "2026-02-05T18:00:00Z"))
                .describedAs("while the price falls open interest still rises")
                .isEqualTo(CyclePhase.BUILD_UP);
        assertThat(phaseAt(points, "2026-02-06T12:00:00Z")).isEqualTo(CyclePhase.DELEVERAGING);
        assertThat(phaseAt(points, "2026-02-09T12:00:00Z")).isEqualTo(CyclePhase.REPAIR);
        assertThat(CycleChart.phases(points)).describedAs("phases in 180 days").hasSizeBetween(10, 180);
        for (int i = 1, since = 0; i < points.size(); i++) {
            if (points.get(i).phase() != points.get(i - 1).phase()) {
                assertThat(points.get(i).phase() == CyclePhase.DELEVERAGING || i - since >= 12 || since == 0)
                        .describedAs(
                                "no phase but before deleveraging is shorter than 12 hours: %s",
                                Instant.ofEpochMilli(points.get(i).timeMs()))
                        .isTrue();
                since = i;
            }
        }
    }

    private static CyclePhase phaseAt(List<CycleChart.Point> points, String time) {
        return points.stream()
                .filter(point -> point.timeMs() == at(time))
                .findFirst()
                .orElseThrow()
                .phase();
    }

    private static CycleHistory history(TreeMap<Long, Hour> hours, long toMs) {
        double[] none = new double[REMEMBERED];
        Arrays.fill(none, Double.NaN);
        return new CycleHistory(
                series(hours, toMs, Hour::openInterest),
                none,
                none,
                series(hours, toMs, Hour::funding),
                none,
                none,
                series(hours, toMs, Hour::forcedUsd));
    }

    private static double[] series(TreeMap<Long, Hour> hours, long toMs, ToDoubleFunction<Hour> value) {
        double[] values = new double[REMEMBERED];
        for (int i = 0; i < REMEMBERED; i++) {
            Hour hour = hours.get(toMs - (REMEMBERED - 1 - i) * HOUR_MS);
            values[i] = hour == null ? Double.NaN : value.applyAsDouble(hour);
        }
        return values;
    }

    private static TreeMap<Long, Hour> hours() throws IOException {
        Path file = SharedData.folder("btc-market-2025-2026").resolve("BTC_1h_dec2025_jun2026.csv.gz");
        TreeMap<Long, Hour> hours = new TreeMap<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> columns = List.of(reader.readLine().split(",", -1));
            for (String line : reader.lines().toList()) {
                String[] cells = line.split(",", -1);
                ToDoubleFunction<String> read = name -> Double.parseDouble(cells[columns.indexOf(name)]);
                long timeMs = Long.parseLong(cells[0]) + HOUR_MS;
                double price = read.applyAsDouble("price_close");
                hours.put(
                        timeMs,
                        new Hour(
                                timeMs,
                                price,
                                read.applyAsDouble("oi_close") / price,
                                read.applyAsDouble("funding_close") / 100,
                                read.applyAsDouble("liquidation_total_usd")));
            }
        }
        return hours;
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }
}
