package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.RecordingWriter;
import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The monitor is killed in the middle of its work, twice, and in the end says what it would have said anyway. */
class CrashIT {

    private static final int PARTITIONS = 3;
    private static final int RECORDS_AT_ONCE = 5;
    private static final long EVERY_MS = 10;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void shouldSayTheSameAfterBeingKilledTwice(@TempDir Path dir) throws Exception {
        long seed = Seeds.printed("CrashIT", 20_260_902);
        Random random = new Random(seed);
        List<LogRecord> log = RandomMarkets.disturbed(new RandomMarkets(seed).log(6, 50, 6_000), seed);
        int firstKill = log.size() / 10 + random.nextInt(log.size() / 4);
        long secondKillMs = 500 + random.nextInt(5_000);
        Oracle oracle = new Oracle();
        try (Scene scene = new Scene(dir, PARTITIONS, Map.of());
                HttpServer registry = HttpServer.start(scene.config("registry", Map.of()), scene.registry())) {
            int port = EmbeddedKafka.freePort();
            Path config = config(scene, registry, dir, port);
            try (Feeder feeder = new Feeder(scene, log, oracle)) {
                try (OwnProcess first = new OwnProcess(dir, "first", "run", "--config", config.toString())) {
                    awaitReady(scene, first, port);
                    feeder.start();
                    scene.await("the moment of the first kill").until(() -> feeder.sent() >= firstKill);
                    first.kill();
                }
                System.out.println("CrashIT: killed after " + feeder.sent() + " of " + log.size() + " records, "
                        + scene.markets().size() + " markets published");
                try (OwnProcess second = new OwnProcess(dir, "second", "run", "--config", config.toString())) {
                    long bornNs = System.nanoTime();
                    scene.await("the moment of the second kill")
                            .until(() -> System.nanoTime() - bornNs >= TimeUnit.MILLISECONDS.toNanos(secondKillMs));
                    second.kill();
                }
                System.out.println("CrashIT: killed again " + secondKillMs + " ms after its start, after "
                        + feeder.sent() + " records");
                try (OwnProcess third = new OwnProcess(dir, "third", "run", "--config", config.toString())) {
                    feeder.finish();
                    awaitReady(scene, third, port);
                    scene.awaitEqual(oracle, "after two kills, seed " + seed);
                }
            }
        }
    }

    /** In order of arrival; in order of event time: {@link ReplayedAlertsIT}. */
    @Test
    void shouldReplayToTheSameStateAfterBeingKilled(@TempDir Path dir) throws Exception {
        long seed = Seeds.printed("CrashIT, replay", 20_260_904);
        Random random = new Random(seed);
        List<LogRecord> log = RandomMarkets.disturbed(new RandomMarkets(seed).log(5, 40, 3_000), seed);
        Path recording = dir.resolve("recording.jsonl");
        try (RecordingWriter writer = new RecordingWriter(recording)) {
            for (LogRecord record : log) {
                writer.write(record.topic(), record.key(), record.timestampMs(), record.value());
            }
        }
        String undisturbed = replayed(dir, "undisturbed", recording);
        long size = sizeOfPositions(dir.resolve("undisturbed"));
        long killAt = size / 10 + (long) (random.nextDouble() * 0.7 * size);

        // Six seconds or so, so that there is a middle.
        long spanMs = log.stream().mapToLong(LogRecord::timestampMs).max().orElseThrow()
                - log.stream().mapToLong(LogRecord::timestampMs).min().orElseThrow();
        try (OwnProcess killed = new OwnProcess(
                dir,
                "killed",
                "replay",
                recording.toString(),
                "--order",
                "arrival",
                "--json",
                "--speed",
                spanMs / 6_000 + "x",
                "--data-dir",
                dir.resolve("killed").toString())) {
            Awaitility.await("the moment of the kill")
                    .atMost(Scene.PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast("it has ended", () -> !killed.isAlive())
                    .until(() -> sizeOfPositions(dir.resolve("killed")) >= killAt);
            killed.kill();
        }
        System.out.println("CrashIT: replay killed with " + sizeOfPositions(dir.resolve("killed")) + " of " + size
                + " bytes of positions written");

        // Its first part comes a second time.
        assertThat(replayed(dir, "killed", recording))
                .describedAs("after a kill, seed %d", seed)
                .isEqualTo(undisturbed);
    }

    /** The final state that a replay over that data directory prints. */
    private static String replayed(Path dir, String dataDir, Path recording) throws Exception {
        try (OwnProcess process = new OwnProcess(
                dir,
                dataDir + "-to-its-end",
                "replay",
                recording.toString(),
                "--order",
                "arrival",
                "--json",
                "--data-dir",
                dir.resolve(dataDir).toString())) {
            Awaitility.await("the replay ends")
                    .atMost(Scene.PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive());
            assertThat(process.exitCode()).describedAs(process.log()).isZero();
            assertThat(process.output()).contains("\"markPrice\"");
            return process.output();
        }
    }

    /** Bytes in the broker's logs of the positions topic. */
    private static long sizeOfPositions(Path dataDir) throws IOException {
        Path logs = dataDir.resolve("kafka");
        if (!Files.isDirectory(logs)) {
            return 0;
        }
        long size = 0;
        try (DirectoryStream<Path> partitions = Files.newDirectoryStream(logs, Topics.POSITIONS.name() + "-*")) {
            for (Path partition : partitions) {
                Path segment = partition.resolve("00000000000000000000.log");
                size += Files.exists(segment) ? Files.size(segment) : 0;
            }
        }
        return size;
    }

    private static Path config(Scene scene, HttpServer registry, Path dir, int port) throws IOException {
        return Files.writeString(dir.resolve("plimsoll.yaml"), """
                applicationId: killed
                dataDir: %s
                threads: 2
                http: {port: %d}
                schemaRegistry: {url: "http://127.0.0.1:%d"}
                monitor: {partitions: %d, idle: 500ms}
                kafka:
                  bootstrap.servers: %s
                  # Whoever is killed cannot leave its group: its successor waits for so long.
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                """.formatted(
                        dir.resolve("monitor"), port, registry.port(), PARTITIONS, scene.bootstrapServers()));
    }

    private void awaitReady(Scene scene, OwnProcess process, int port) {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        scene.await("the monitor is ready")
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the monitor ended: " + process.log());
                    }
                })
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() ->
                        http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
    }

    /** Writes a log in small pieces for some seconds, so that there is a middle. */
    private static final class Feeder implements AutoCloseable {

        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger sent = new AtomicInteger();
        private final Scene scene;
        private final List<LogRecord> log;
        private final Oracle oracle;
        private Future<?> feeding;

        @SuppressWarnings("NullAway.Init") // started before it is finished
        Feeder(Scene scene, List<LogRecord> log, Oracle oracle) {
            this.scene = scene;
            this.log = log;
            this.oracle = oracle;
        }

        void start() {
            feeding = thread.scheduleAtFixedRate(this::feedSome, 0, EVERY_MS, TimeUnit.MILLISECONDS);
        }

        int sent() {
            return sent.get();
        }

        private void feedSome() {
            int from = sent.get();
            int to = Math.min(log.size(), from + RECORDS_AT_ONCE);
            scene.feed(log.subList(from, to), oracle);
            sent.set(to);
        }

        /** Returns when all is written. */
        void finish() {
            scene.await("all records are written").until(() -> feeding.isDone() || sent.get() == log.size());
            feeding.cancel(false);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
