package io.plimsoll.risk.episode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against a plain second reading of the definition: arrays, every minute looked at, nothing remembered. */
class CascadeEpisodesRandomTest {

    private static final int DAYS_MINUTES = 3 * 24 * 60;

    /** What is compared: start, end, peak minute, volume, threshold. */
    private record Seen(long start, long end, long peak, long microUsd, long threshold) {}

    @Test
    void shouldFindWhatTheDefinitionSays() {
        int found = 0;
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            CascadeThresholds thresholds = thresholds(random);
            long[] volumes = volumes(random);
            long origin = 29_000_000 + random.nextInt(10_000);

            List<Seen> ours = seen(CascadeEpisodes.find(map(volumes, origin, 0), origin, thresholds, Long.MAX_VALUE));

            assertThat(ours).describedAs("seed %d", seed).isEqualTo(naive(volumes, origin, thresholds));
            found += ours.size();
        }
        assertThat(found).isGreaterThan(1_000);
    }

    @Test
    void shouldNotDependOnHowFarBackTheMinutesAreKept() {
        int compared = 0;
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            CascadeThresholds thresholds = new CascadeThresholds(40, 5, 5, 15, 6, 60);
            long[] volumes = volumes(random);
            long origin = 29_000_000;
            int from = 24 * 60;

            // An episode that goes on across the border may be read another way; it is over after its greatest length.
            long later = origin + from + thresholds.historyMinutes() + 2 * 60;
            List<CascadeEpisode> all =
                    CascadeEpisodes.find(map(volumes, origin, 0), origin, thresholds, Long.MAX_VALUE);
            List<CascadeEpisode> kept =
                    CascadeEpisodes.find(map(volumes, origin, from), origin, thresholds, Long.MAX_VALUE);

            List<CascadeEpisode> expected = after(all, later);
            assertThat(after(kept, later)).describedAs("seed %d", seed).isEqualTo(expected);
            compared += expected.size();
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static List<CascadeEpisode> after(List<CascadeEpisode> episodes, long minute) {
        return episodes.stream().filter(each -> each.startMinute() >= minute).toList();
    }

    private static CascadeThresholds thresholds(Random random) {
        int window = 1 + random.nextInt(12);
        int quiet = window + random.nextInt(30);
        return new CascadeThresholds(
                1 + random.nextInt(60),
                1 + random.nextInt(12),
                window,
                quiet,
                1 + random.nextInt(30),
                quiet + 1 + random.nextInt(200));
    }

    /** Mostly nothing, some background, now and then a burst. */
    private static long[] volumes(Random random) {
        long[] volumes = new long[DAYS_MINUTES];
        double busy = random.nextDouble() * random.nextDouble();
        for (int i = 0; i < volumes.length; i++) {
            if (random.nextDouble() < busy) {
                volumes[i] = random.nextInt(2_000_000);
            }
            if (random.nextInt(300) == 0) {
                for (int k = i; k < Math.min(volumes.length, i + 8); k++) {
                    volumes[k] += random.nextInt(30_000_000);
                }
            }
        }
        return volumes;
    }

    private static TreeMap<Long, ForcedMinute> map(long[] volumes, long origin, int from) {
        TreeMap<Long, ForcedMinute> map = new TreeMap<>();
        for (int i = from; i < volumes.length; i++) {
            if (volumes[i] > 0) {
                long ms = ForcedMinute.startMs(origin + i);
                map.put(
                        origin + i,
                        new ForcedMinute(volumes[i] / 3, volumes[i] - volumes[i] / 3, 1, 1, 1, 0, 0, 0, false, ms, ms));
            }
        }
        return map;
    }

    private static List<Seen> seen(List<CascadeEpisode> episodes) {
        return episodes.stream()
                .map(each -> new Seen(
                        each.startMinute(),
                        each.endMinute(),
                        each.peakMinute(),
                        each.forced().microUsd(),
                        each.thresholdMicroUsd()))
                .toList();
    }

    private static List<Seen> naive(long[] volumes, long origin, CascadeThresholds its) {
        List<Seen> episodes = new ArrayList<>();
        int free = 0;
        int minute = 0;
        while (minute < volumes.length) {
            int from = Math.max(free, minute - its.windowMinutes() + 1);
            long sum = 0;
            for (int i = from; i <= minute; i++) {
                sum += volumes[i];
            }
            long threshold = Math.max(
                    Math.round(its.floorUsd() * 1e6),
                    Math.round(its.multiple() * its.windowMinutes() * usual(volumes, origin, minute, its)));
            if (volumes[minute] == 0 || sum < threshold) {
                minute++;
                continue;
            }
            double busy = (double) threshold / its.windowMinutes();
            int start = from;
            while (volumes[start] < busy) {
                start++;
            }
            int end = start;
            for (int i = start;
                    i <= end + its.quietMinutes() && i < start + its.longestMinutes() && i < volumes.length;
                    i++) {
                if (volumes[i] >= busy) {
                    end = i;
                }
            }
            int peak = start;
            long total = 0;
            for (int i = start; i <= end; i++) {
                peak = volumes[i] > volumes[peak] ? i : peak;
                total += volumes[i];
            }
            episodes.add(new Seen(origin + start, origin + end, origin + peak, total, threshold));
            free = end + 1;
            minute = Math.min(end + its.quietMinutes() + 1, start + its.longestMinutes());
        }
        return episodes;
    }

    private static double usual(long[] volumes, long origin, int minute, CascadeThresholds its) {
        long thisHour = (origin + minute) / 60;
        long firstHour = Math.max(origin / 60 + 1, thisHour - its.backgroundHours());
        int hours = (int) Math.max(0, thisHour - firstHour);
        long[] sums = new long[hours];
        for (int i = 0; i < volumes.length; i++) {
            long hour = (origin + i) / 60;
            if (hour >= firstHour && hour < thisHour) {
                sums[(int) (hour - firstHour)] += volumes[i];
            }
        }
        Arrays.sort(sums);
        return hours == 0 ? 0 : (sums[(hours - 1) / 2] + sums[hours / 2]) / 2.0 / 60;
    }
}
