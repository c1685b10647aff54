package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.alerts.AlertBroker;
import io.plimsoll.server.alerts.Alerts;
import io.plimsoll.server.alerts.FakeAlertmanager;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program is killed while Alertmanager has a request of it in hand; the next one sends what is missing. */
@Timeout(900)
class AlertWebhookCrashIT {

    private static final int SUBJECTS = 40;
    private static final int KILLED_IN_REQUEST = 3;

    @Test
    void shouldDeliverEverythingInOrderOverAKill(@TempDir Path dir) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        try (AlertBroker broker = new AlertBroker();
                HttpServer registry = HttpServer.start(
                        broker.config("registry", Map.of("PLIMSOLL_HTTP_PORT", "0")), broker.registry());
                FakeAlertmanager receiver = new FakeAlertmanager(0, body -> {
                    if (requests.incrementAndGet() == KILLED_IN_REQUEST) {
                        inHand.countDown();
                        waitFor(killed);
                        return 500;
                    }
                    return 200;
                })) {
            Path config = config(dir, broker, registry, receiver);
            PlimsollConfig group = broker.config("killed", Map.of());
            write(broker);
            try (OwnProcess first = new OwnProcess(dir, "first", "run", "--config", config.toString())) {
                assertThat(inHand.await(300, TimeUnit.SECONDS))
                        .describedAs(first.log())
                        .isTrue();
                first.kill();
                killed.countDown();
            }
            assertThat(broker.isDone(group)).describedAs("work is left").isFalse();
            int before = receiver.delivered("killed").size();
            try (OwnProcess second = new OwnProcess(dir, "second", "run", "--config", config.toString())) {
                patiently(second).until(() -> broker.isDone(group));
            }
            System.out.println("AlertWebhookCrashIT: " + before + " delivered before the kill, "
                    + receiver.delivered("killed").size() + " in all, of " + 3 * SUBJECTS);
            for (int i = 0; i < SUBJECTS; i++) {
                List<String> moments = receiver.moments("killed", "x:" + i);
                assertThat(moments.stream().distinct())
                        .describedAs("x:%d, %s", i, moments)
                        .containsExactly(moment(1), moment(2), moment(3));
                assertThat(moments).endsWith(moment(3));
            }
        }
    }

    private static void write(AlertBroker broker) {
        List<Alert> alerts = new ArrayList<>();
        for (int sequence = 1; sequence <= 3; sequence++) {
            for (int i = 0; i < SUBJECTS; i++) {
                alerts.add(Alerts.alert(
                        "killed", "x:" + i, sequence < 3 ? AlertStatus.FIRING : AlertStatus.RESOLVED, sequence));
            }
        }
        broker.write(alerts.toArray(Alert[]::new));
    }

    private static Path config(Path dir, AlertBroker broker, HttpServer registry, FakeAlertmanager receiver)
            throws Exception {
        return Files.writeString(dir.resolve("plimsoll.yaml"), """
                applicationId: killed
                dataDir: %s
                threads: 1
                http: {port: %d}
                schemaRegistry: {url: "http://127.0.0.1:%d"}
                monitor: {partitions: 1}
                alerts:
                  # The request in hand is not given up before the kill, however late that comes.
                  webhook: {url: "%s", timeout: 1m}
                kafka:
                  bootstrap.servers: %s
                  # Whoever is killed cannot leave its group: its successor waits for so long.
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                """.formatted(
                        dir.resolve("monitor"),
                        EmbeddedKafka.freePort(),
                        registry.port(),
                        receiver.url(),
                        broker.bootstrapServers()));
    }

    private static String moment(int sequence) {
        return Instant.ofEpochMilli(Alerts.SINCE_MS + 60_000 + sequence).toString();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConditionFactory patiently(OwnProcess process) {
        return Awaitility.await().atMost(Scene.PATIENCE).failFast(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the monitor ended: " + process.log());
            }
        });
    }
}
