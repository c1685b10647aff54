package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.server.monitor.Quiescence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same log gives the same cascades on any number of partitions, and where an instance takes over in the middle. */
class CascadesIT {

    private static final long START_MS = 1_767_225_600_000L;
    private static final long HOUR_MS = 3_600_000;
    private static final List<String> SYMBOLS = List.of("AAA", "BBB", "CCC", "DDD", "EEE");

    /** Event time goes on with the wall clock: an hour of quiet in the log ends the last episode at once. */
    private static final Map<String, String> SETTINGS = Map.of(
            "PLIMSOLL_MONITOR_CASCADE_FLOOR_USD",
            "1000",
            "PLIMSOLL_MONITOR_CASCADE_SYSTEM_FLOOR_USD",
            "1500",
            "PLIMSOLL_MONITOR_UNKNOWN_INSTRUMENT_GRACE",
            "1h");

    private final long seed = Seeds.printed("CascadesIT", 20_261_010);

    @Test
    void shouldBeTheSameHoweverTheWorkIsDivided(@TempDir Path dir) throws Exception {
        List<LogRecord> log = log(new Random(seed));
        Map<String, CascadeEpisode> agreed = published(dir.resolve("1"), 1, log, false);
        assertThat(agreed).describedAs("seed %d", seed).hasSizeGreaterThan(10);
        assertThat(agreed.values())
                .describedAs("seed %d", seed)
                .anyMatch(each ->
                        each.getSubject().equals("system") && each.getMarkets().size() > 1)
                .anyMatch(each -> each.getPriceExtreme() != null)
                .anyMatch(each -> each.getDuplicates() > 0);

        for (int partitions : new int[] {3, 7}) {
            Path its = dir.resolve(Integer.toString(partitions));
            assertThat(published(its, partitions, log, partitions == 3))
                    .describedAs("%d partitions, seed %d", partitions, seed)
                    .isEqualTo(agreed);
        }
    }

    private static Map<String, CascadeEpisode> published(
            Path dir, int partitions, List<LogRecord> log, boolean interrupted) throws Exception {
        try (Scene scene = new Scene(dir, partitions, SETTINGS);
                TopicReader<CascadeEpisode> reader = new TopicReader<>(
                        scene.bootstrapServers(),
                        Topics.CASCADES.name(),
                        scene.serdes().of(Topics.CASCADES).deserializer());
                Quiescence quiescence = new Quiescence(scene.config("asked", Map.of()))) {
            Monitor first = scene.startMonitor("first", 1);
            int half = interrupted ? log.size() / 2 : log.size();
            for (LogRecord record : log.subList(0, half)) {
                scene.send(record);
            }
            if (interrupted) {
                scene.await("the first instance publishes")
                        .until(() -> !reader.latest().isEmpty());
                scene.startMonitor("second", 1);
                for (LogRecord record : log.subList(half, log.size())) {
                    scene.send(record).get();
                }
                first.close();
            }
            // What is there may all be final while who takes over has not even begun.
            scene.await("all is read").until(quiescence::isDigested);
            Map<String, CascadeEpisode> last = new TreeMap<>();
            scene.await("all is over and nothing changes any more")
                    .during(Duration.ofSeconds(5))
                    .until(() -> {
                        Map<String, CascadeEpisode> now = new TreeMap<>(reader.latest());
                        now.values().removeIf(Objects::isNull); // taken back
                        boolean same = now.equals(last) && isSettled(now);
                        last.clear();
                        last.putAll(now);
                        return same;
                    });
            return last;
        }
    }

    /** The last hour has one liquidation of each market, too small for an episode, that lets the others end. */
    private static boolean isSettled(Map<String, CascadeEpisode> cascades) {
        return !cascades.isEmpty() && cascades.values().stream().allMatch(CascadeEpisode::getIsFinal);
    }

    private static List<LogRecord> log(Random random) {
        List<LogRecord> log = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            long timeMs = START_MS + i * 6 * HOUR_MS / 4_000;
            String symbol = SYMBOLS.get(random.nextInt(SYMBOLS.size()));
            boolean burst = timeMs / 600_000 % 6 == 2;
            double quantity = burst && random.nextInt(4) == 0 ? 3 : 0.02;
            long eventTimeMs = timeMs - (random.nextInt(4) == 0 ? random.nextInt(90_000) : 0);
            LogRecord forced = forced(symbol, eventTimeMs, quantity, random.nextBoolean(), "t" + i);
            log.add(forced);
            if (random.nextInt(5) == 0) {
                log.add(forced);
            }
            log.add(new LogRecord(
                    Topics.PRICES.name(),
                    "v:" + symbol,
                    timeMs,
                    new Price("v", symbol, 90.0 + random.nextInt(20), null, null, null, null, 1.0, null, null)));
        }
        for (String symbol : SYMBOLS) {
            log.add(forced(symbol, START_MS + 8 * HOUR_MS, 0.01, true, "last"));
        }
        return log;
    }

    private static LogRecord forced(String symbol, long timeMs, double quantity, boolean isLong, String id) {
        return new LogRecord(
                Topics.LIQUIDATIONS.name(),
                "v:" + symbol,
                timeMs,
                new Liquidation(
                        "v",
                        symbol,
                        isLong ? PositionSide.LONG : PositionSide.SHORT,
                        quantity,
                        100.0,
                        LiquidationPriceKind.FILL,
                        false,
                        null,
                        id,
                        null,
                        null,
                        1.0));
    }
}
