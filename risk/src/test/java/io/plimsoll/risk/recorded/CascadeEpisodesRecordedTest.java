package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.CascadeEpisodes;
import io.plimsoll.risk.episode.CascadeThresholds;
import io.plimsoll.risk.episode.ForcedMinute;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Liquidations of BTC by the hour, December 2025 to June 2026. An hour's volume is spread evenly over its minutes here,
 * which is the least bursty that it can have been: what is found then would be found in the real minutes as well, if not
 * always with the same bounds.
 */
class CascadeEpisodesRecordedTest {

    private static final CascadeThresholds DEFAULTS = new CascadeThresholds(1e6, 10, 5, 15, 24, 360);
    private static final int MINUTES = 60;

    private record Hour(long startMs, double longUsd, double shortUsd, double open, double low) {}

    @Test
    void shouldFindTheCascadesOfFebruary() throws IOException {
        List<Hour> hours = hours(SharedData.folder("btc-market-2025-2026").resolve("BTC_1h_dec2025_jun2026.csv.gz"));
        TreeMap<Long, ForcedMinute> minutes = new TreeMap<>();
        for (Hour hour : hours) {
            spread(hour, minutes);
        }

        List<CascadeEpisode> episodes = CascadeEpisodes.find(minutes, minutes.firstKey(), DEFAULTS, Long.MAX_VALUE);

        episodes.stream()
                .filter(each -> each.forced().usd() > 80e6)
                .forEach(each -> System.out.printf(
                        "episode %s to %s: at least %.1f million USD (%.1f long), %.1f times the usual%n",
                        Instant.ofEpochMilli(each.startMs()),
                        Instant.ofEpochMilli(each.endMs()),
                        each.forced().usd() / 1e6,
                        each.forced().longMicroUsd() / 1e12,
                        each.peakMicroUsd() / each.backgroundMicroUsd()));
        System.out.printf("%d episodes in %d hours%n", episodes.size(), hours.size());
        Hour worst = hours.stream()
                .max((a, b) -> Double.compare(a.longUsd() + a.shortUsd(), b.longUsd() + b.shortUsd()))
                .orElseThrow();
        assertThat(Instant.ofEpochMilli(worst.startMs())).isEqualTo("2026-02-05T20:00:00Z");
        CascadeEpisode itsEpisode = episodes.stream()
                .filter(each -> each.startMs() <= worst.startMs() && each.endMs() > worst.startMs())
                .findFirst()
                .orElseThrow();
        assertThat(itsEpisode.isDown()).isTrue();
        assertThat(itsEpisode.forced().usd()).isGreaterThanOrEqualTo((worst.longUsd() + worst.shortUsd()) * (1 - 1e-6));
        assertThat(worst.low()).isLessThan(worst.open());
        assertEveryHourAsTheDefinitionSays(hours, episodes);
    }

    /** With even minutes the rule can be said by the hour: 12 million USD and 10 times the median of the day before. */
    private static void assertEveryHourAsTheDefinitionSays(List<Hour> hours, List<CascadeEpisode> episodes) {
        Map<Long, Double> usdByHour = new HashMap<>();
        hours.forEach(hour -> usdByHour.put(hour.startMs() / 3_600_000, hour.longUsd() + hour.shortUsd()));
        int found = 0;
        for (int i = 25; i < hours.size(); i++) {
            long hour = hours.get(i).startMs() / 3_600_000;
            double[] before = new double[24];
            for (int k = 0; k < 24; k++) {
                before[k] = usdByHour.getOrDefault(hour - 1 - k, 0.0);
            }
            java.util.Arrays.sort(before);
            double usd = usdByHour.getOrDefault(hour, 0.0);
            double needed = Math.max(12e6, 10 * (before[11] + before[12]) / 2);
            boolean inOne = episodes.stream()
                    .anyMatch(each -> each.startMinute() / MINUTES <= hour && each.endMinute() / MINUTES >= hour);
            if (usd > needed * 1.001) {
                assertThat(inOne)
                        .describedAs("hour %s", Instant.ofEpochMilli(hour * 3_600_000))
                        .isTrue();
                found++;
            }
        }
        assertThat(found).isGreaterThan(100);
    }

    private static void spread(Hour hour, TreeMap<Long, ForcedMinute> minutes) {
        long first = ForcedMinute.minuteOf(hour.startMs());
        for (long minute = first; minute < first + MINUTES; minute++) {
            long startMs = ForcedMinute.startMs(minute);
            minutes.put(
                    minute,
                    new ForcedMinute(
                            MicroUsd.of(hour.longUsd() / MINUTES),
                            MicroUsd.of(hour.shortUsd() / MINUTES),
                            1,
                            1,
                            0,
                            1,
                            0,
                            0,
                            true,
                            startMs,
                            startMs));
        }
    }

    private static List<Hour> hours(Path file) throws IOException {
        List<Hour> hours = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> columns = List.of(reader.readLine().split(",", -1));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                hours.add(new Hour(
                        Long.parseLong(cells[columns.indexOf("timestamp")]),
                        number(cells[columns.indexOf("liquidation_long_usd")]),
                        number(cells[columns.indexOf("liquidation_short_usd")]),
                        number(cells[columns.indexOf("price_open")]),
                        number(cells[columns.indexOf("price_low")])));
            }
        }
        return hours;
    }

    private static double number(String cell) {
        return cell.isEmpty() ? 0 : Double.parseDouble(cell);
    }
}
