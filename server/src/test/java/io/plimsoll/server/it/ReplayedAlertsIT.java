package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A recording is replayed twice, the second time with a kill -9 in the middle, and each time at another pace: the alerts
 * are the same, and each fires once.
 */
class ReplayedAlertsIT {

    /** Begun anew, a replay waits first until what was broken off is given up by the broker. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final String RULES = """
            rules:
              - id: spike
                summary: A price far above what it was.
                kind: market
                when: {metric: markPrice, changeRatio: 3s, above: 5%}
                severity: critical
              - id: leveraged
                summary: There is leverage.
                kind: market
                when: {metric: leverage, above: 4, until: 3}
                hold: 5s
                resolve: 2s
                repeat: 15s
                severity: critical
              - id: armed
                summary: A fall would force much.
                kind: market
                when: {metric: forcedUsd10Down, above: 150}
                severity: critical
              - id: high
                summary: A high of the last minute.
                kind: market
                when: {metric: markPrice, rank: 60s, above: 0.97}
                severity: critical
              - id: forced
                summary: Forced volume.
                kind: market
                when: {metric: liquidatedUsd5m, above: 500}
                severity: critical
              - id: near
                summary: An account near its line.
                kind: account
                when: {metric: marginRatio, above: 0.7}
                severity: critical
              - id: open
                summary: Much is open at a venue.
                kind: venue
                when: {metric: openInterestUsd, above: 3000}
                hold: 2s
                severity: critical
            """;

    @TempDir
    private static Path dir;

    private static Path recording;
    private static Path rules;

    @BeforeAll
    static void write() throws IOException {
        AvroSerdes.trustOwnRecords();
        long seed = Seeds.printed("ReplayedAlertsIT", 20_260_922);
        recording = dir.resolve("recording.jsonl.gz");
        try (RecordingWriter writer = new RecordingWriter(recording)) {
            new SpikyMarkets(new Random(seed)).write(writer, 5, 30, 120);
        }
        rules = Files.writeString(dir.resolve("rules.yaml"), RULES);
    }

    @Test
    @Timeout(2_400)
    void shouldGiveTheSameAlertsOnceEachAfterBeingKilledInTheMiddle() throws Exception {
        replayToItsEnd("whole", "max");
        Map<String, List<AlertStatus>> whole = episodes(alerts("whole"));

        killInTheMiddle("killed", 0.6);
        int before = alerts("killed").size();
        replayToItsEnd("killed", "max");
        List<Alert> records = alerts("killed");
        Map<String, List<AlertStatus>> killed = episodes(records);

        System.out.println("ReplayedAlertsIT: " + whole.size() + " episodes, " + records.size() + " records, of which "
                + before + " before the kill");
        assertThat(whole).hasSizeGreaterThan(50);
        assertThat(whole.keySet().stream().map(key -> key.substring(0, key.indexOf('|'))))
                .contains("spike", "leveraged", "armed", "high", "forced", "near", "open");
        assertThat(before).isBetween(1, records.size() - 1);
        assertThat(killed).isEqualTo(whole);
        assertThat(timesFired(records))
                .allSatisfy((id, times) ->
                        assertThat(times).describedAs("times that %s fired", id).isEqualTo(1));
    }

    /** What became of each episode, by rule, subject and id: states in order, those written again once. */
    private static Map<String, List<AlertStatus>> episodes(List<Alert> records) {
        Map<String, List<AlertStatus>> episodes = new TreeMap<>();
        for (Alert alert : records) {
            List<AlertStatus> states = episodes.computeIfAbsent(
                    alert.getRuleId() + "|" + alert.getSubject() + "|" + alert.getId(), id -> new ArrayList<>());
            if (states.isEmpty() || states.get(states.size() - 1) != alert.getStatus()) {
                states.add(alert.getStatus());
            }
        }
        return episodes;
    }

    /** Records that tell of the moment when an episode fired; repeats tell of later moments. */
    private static Map<String, Integer> timesFired(List<Alert> records) {
        Map<String, Integer> times = new HashMap<>();
        for (Alert alert : records) {
            if (alert.getStatus() == AlertStatus.FIRING && Objects.equals(alert.getFiredMs(), alert.getAsOfMs())) {
                times.merge(alert.getId(), 1, Integer::sum);
            }
        }
        return times;
    }

    private static void replayToItsEnd(String name, String speed) throws Exception {
        try (OwnProcess process = replay(name, speed)) {
            Awaitility.await("the replay ends")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .untilAsserted(() -> assertThat(process.isAlive())
                            .describedAs(process.log())
                            .isFalse());
            assertThat(process.exitCode()).describedAs(process.log()).isZero();
        }
    }

    /** Kills a slower replay when it has written alerts of about such a share. */
    private static void killInTheMiddle(String name, double share) throws Exception {
        long size = sizeOfAlerts("whole");
        try (OwnProcess process = replay(name, "20x")) {
            Awaitility.await("the moment of the kill")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast("it has ended", () -> !process.isAlive())
                    .until(() -> sizeOfAlerts(name) >= share * size);
            process.kill();
        }
    }

    private static OwnProcess replay(String name, String speed) throws IOException {
        return new OwnProcess(
                dir,
                name + "-" + speed,
                "replay",
                recording.toString(),
                "--rules",
                rules.toString(),
                "--exit",
                "--speed",
                speed,
                "--data-dir",
                dir.resolve(name).toString());
    }

    /** Every committed record of the alerts topic, those of an alert in their order; tombstones left out. */
    private static List<Alert> alerts(String name) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(dir.resolve(name).resolve("kafka"), 0)) {
            EmbeddedRegistry registry = EmbeddedRegistry.open(dir.resolve(name).resolve("registry.json"));
            try (TopicReader<Alert> reader = new TopicReader<>(
                    kafka.bootstrapServers(),
                    Topics.ALERTS.name(),
                    new AvroSerdes(registry.client()).of(Topics.ALERTS).deserializer(),
                    "read_committed")) {
                return reader.all().stream()
                        .map(ConsumerRecord::value)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toList());
            }
        }
    }

    /** Bytes in the broker's logs of the alerts topic. */
    private static long sizeOfAlerts(String name) throws IOException {
        Path logs = dir.resolve(name).resolve("kafka");
        if (!Files.isDirectory(logs)) {
            return 0;
        }
        long size = 0;
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(logs, Topics.ALERTS.name() + "-*")) {
            for (Path partition : partitions) {
                Path segment = partition.resolve("00000000000000000000.log");
                size += Files.exists(segment) ? Files.size(segment) : 0;
            }
        }
        return size;
    }
}
