package io.plimsoll.server.it;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.server.embedded.EmbeddedKafka;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
                RegistryOverHttp registry = new RegistryOverHttp(scene.registry())) {
            int port = EmbeddedKafka.freePort();
            Path config = config(scene, registry, dir, port);
            try (Feeder feeder = new Feeder(scene, log, oracle)) {
                try (OwnProcess first =
                        new OwnProcess(dir.resolve("first.log"), "run", "--config", config.toString())) {
                    awaitReady(scene, first, port);
                    feeder.start();
                    scene.await("the moment of the first kill").until(() -> feeder.sent() >= firstKill);
                    first.kill();
                }
                System.out.println("CrashIT: killed after " + feeder.sent() + " of " + log.size() + " records, "
                        + scene.markets().size() + " markets published");
                try (OwnProcess second =
                        new OwnProcess(dir.resolve("second.log"), "run", "--config", config.toString())) {
                    long bornNs = System.nanoTime();
                    scene.await("the moment of the second kill")
                            .until(() -> System.nanoTime() - bornNs >= TimeUnit.MILLISECONDS.toNanos(secondKillMs));
                    second.kill();
                }
                System.out.println("CrashIT: killed again " + secondKillMs + " ms after its start, after "
                        + feeder.sent() + " records");
                try (OwnProcess third =
                        new OwnProcess(dir.resolve("third.log"), "run", "--config", config.toString())) {
                    feeder.finish();
                    awaitReady(scene, third, port);
                    scene.awaitEqual(oracle, "after two kills, seed " + seed);
                }
            }
        }
    }

    private static Path config(Scene scene, RegistryOverHttp registry, Path dir, int port) throws IOException {
        return Files.writeString(dir.resolve("plimsoll.yaml"), """
                applicationId: killed
                dataDir: %s
                threads: 2
                http: {port: %d}
                schemaRegistry: {url: "%s"}
                monitor: {partitions: %d, idle: 500ms}
                kafka:
                  bootstrap.servers: %s
                  # Whoever is killed does not leave its group by itself; others wait no longer than this.
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                """.formatted(
                        dir.resolve("monitor"), port, registry.url(), PARTITIONS, scene.bootstrapServers()));
    }

    private void awaitReady(Scene scene, OwnProcess process, int port) {
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        scene.await("the monitor is ready")
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the monitor ended: " + process.output());
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
