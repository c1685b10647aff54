package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The webhook over a broker, with a receiver that is away, slow, or does not like what it gets. */
@Timeout(900)
class AlertWebhookIT {

    private static final String TOKEN = "t0p-secret";

    /** Far longer than anything takes; only a failure waits for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private AlertBroker broker;

    @BeforeEach
    void start() {
        broker = new AlertBroker();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void shouldLoseNothingWhileTheReceiverIsAway() throws Exception {
        int port = EmbeddedKafka.freePort();
        PlimsollConfig config = config("away", "http://127.0.0.1:" + port + "/", "24h");
        List<String> subjects = List.of("x:A", "x:B", "x:C", "x:D", "x:E");
        AtomicInteger requests = new AtomicInteger();

        try (AlertDelivery first = broker.start(config)) {
            writeEpisodes("away", subjects);
            WebhookFigures figures = figures(first);
            patiently()
                    .until(() -> figures.failedAttempts() >= 2 && figures.isFailing() && figures.oldestUnsentMs() > 0);
            assertThat(figures.sent()).isZero();
        }
        try (FakeAlertmanager receiver =
                new FakeAlertmanager(port, body -> requests.incrementAndGet() <= 2 ? 503 : 200)) {
            try (AlertDelivery second = broker.start(config)) {
                patiently().until(() -> broker.isDone(config));

                for (String subject : subjects) {
                    assertThat(receiver.moments("away", subject))
                            .describedAs(subject)
                            .containsExactly(moment(1), moment(2), moment(3));
                }
                WebhookFigures figures = figures(second);
                assertThat(figures.failedAttempts()).isEqualTo(2);
                assertThat(figures.lastTrouble())
                        .extracting(WebhookFigures.Trouble::detail)
                        .isEqualTo("HTTP 503: \"no such label\"");
                assertThat(figures.isFailing()).isFalse();
                patiently().until(() -> figures.oldestUnsentMs() == 0);
                assertThat(metrics(second))
                        .contains("plimsoll_webhook_sent_total 15.0")
                        .contains("plimsoll_webhook_failed_attempts_total{error=\"503\"} 2.0")
                        .contains("plimsoll_webhook_passed_over_total{reason=\"not_fired\"} 5.0")
                        .contains("plimsoll_webhook_oldest_unsent_seconds 0.0");
            }
            try (AlertDelivery third = broker.start(config)) {
                broker.write(Alerts.alert("away", "x:F", AlertStatus.FIRING, 1));

                patiently().until(() -> broker.isDone(config));
                assertThat(receiver.moments("away", "x:F")).hasSize(1);
                assertThat(receiver.delivered("away"))
                        .describedAs("nothing is sent again after a restart")
                        .hasSize(3 * subjects.size() + 1);
                assertThat(figures(third).failedAttempts()).isZero();
            }
        }
    }

    @Test
    void shouldSendAgainWhatWasUnderWayWhenItStopped() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> {
            if (requests.incrementAndGet() == 1) {
                asked.countDown();
                waitFor(over);
                return 500;
            }
            return 200;
        })) {
            PlimsollConfig config = config("under-way", receiver.url(), "24h");
            broker.write(Alerts.alert("under-way", "x:A", AlertStatus.FIRING, 1));
            try (AlertDelivery first = broker.start(config)) {
                waitFor(asked);
                assertThat(figures(first).sent()).isZero();
            }
            await("a request under way is given up before its time is over")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().equals("plimsoll-webhook")));
            over.countDown();
            try (AlertDelivery second = broker.start(config)) {
                patiently().until(() -> broker.isDone(config));

                assertThat(receiver.moments("under-way", "x:A")).containsExactly(moment(1));
                assertThat(figures(second).sent()).isPositive();
            }
        }
    }

    @Test
    void shouldPutWhatIsRefusedOnTheDeadLettersAndGoOn() throws Exception {
        try (FakeAlertmanager receiver =
                new FakeAlertmanager(0, body -> body.toString().contains("x:BAD") ? 400 : 200)) {
            PlimsollConfig config = config("refused", receiver.url(), "24h");
            broker.write(
                    Alerts.alert("refused", "x:A", AlertStatus.FIRING, 1),
                    Alerts.alert("refused", "x:BAD", AlertStatus.FIRING, 1),
                    Alerts.alert("refused", "x:C", AlertStatus.FIRING, 1));
            try (AlertDelivery delivery = broker.start(config)) {
                patiently().until(() -> broker.isDone(config));

                assertThat(receiver.delivered("refused"))
                        .extracting(alert -> alert.at("/labels/subject").asText())
                        .containsExactlyInAnyOrder("x:A", "x:C");
                assertThat(figures(delivery).refused()).isEqualTo(1);
                patiently().until(() -> !deadLetters("refused|x:BAD").isEmpty());
                DeadLetter letter = deadLetters("refused|x:BAD").get(0);
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.NOT_DELIVERED);
                assertThat(letter.getDetail()).isEqualTo("the webhook answers HTTP 400: \"no such label\"");
                assertThat(letter.getTopic()).isEqualTo("plimsoll.alerts");
                assertThat(letter.getValue().remaining()).isPositive();
            }
        }
    }

    @Test
    void shouldPassOverWhatIsNoAlert() throws Exception {
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> 200)) {
            PlimsollConfig config = config("unreadable", receiver.url(), "24h");
            byte[] bytes = {7, 7, 7};
            broker.writeBytes("unreadable|x:A", bytes);
            broker.write(Alerts.alert("unreadable", "x:A", AlertStatus.FIRING, 1));
            try (AlertDelivery delivery = broker.start(config)) {
                patiently()
                        .until(() -> broker.isDone(config)
                                && !deadLetters("unreadable|x:A").isEmpty());

                assertThat(receiver.moments("unreadable", "x:A")).containsExactly(moment(1));
                DeadLetter letter = deadLetters("unreadable|x:A").get(0);
                assertThat(letter.getReason()).isEqualTo(DeadLetterReason.UNREADABLE_VALUE);
                assertThat(letter.getValue().array()).isEqualTo(bytes);
                patiently().until(() -> delivery.feed().isComplete());
                assertThat(delivery.feed().board().alerts()).hasSize(1);
            }
        }
    }

    @Test
    void shouldShareTheWorkBetweenInstances() throws Exception {
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> 200)) {
            PlimsollConfig config = config("shared", receiver.url(), "24h");
            try (AlertDelivery first = broker.start(config);
                    AlertDelivery second = broker.start(config)) {
                patiently().until(() -> broker.workers(config) == 2 && broker.isDone(config));
                long firstBefore = figures(first).sent();
                long secondBefore = figures(second).sent();
                for (int i = 0; i < 60; i++) {
                    broker.write(Alerts.alert("shared", "x:" + i, AlertStatus.FIRING, 1));
                }

                patiently().until(() -> broker.isDone(config));
                assertThat(receiver.delivered("shared"))
                        .extracting(alert -> alert.at("/labels/subject").asText())
                        .hasSize(60)
                        .doesNotHaveDuplicates();
                assertThat(figures(first).sent()).isGreaterThan(firstBefore);
                assertThat(figures(second).sent()).isGreaterThan(secondBefore);
            }
        }
    }

    @Test
    void shouldSayAgainWhatFiresAndNobodyHasTakenUp() throws Exception {
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> 200)) {
            PlimsollConfig config = config("again", receiver.url(), "1s");
            Alert firing = Alerts.alert("again", "x:FIRING", AlertStatus.FIRING, 1);
            broker.write(
                    firing,
                    Alerts.alert("again", "x:OVER", AlertStatus.FIRING, 1),
                    Alerts.alert("again", "x:OVER", AlertStatus.RESOLVED, 2),
                    Alerts.alert("again", "x:TAKEN", AlertStatus.FIRING, 1),
                    Alert.newBuilder(Alerts.alert("again", "x:TAKEN", AlertStatus.FIRING, 2))
                            .setAcknowledgedBy("ann")
                            .build(),
                    silenced(1, System.currentTimeMillis() + Duration.ofHours(1).toMillis()),
                    Alert.newBuilder(Alerts.alert("again", "x:CHILD", AlertStatus.FIRING, 1))
                            .setParent(firing.getId())
                            .build());
            try (AlertDelivery delivery = broker.start(config)) {
                patiently().until(() -> broker.isDone(config));
                assertThat(figures(delivery).passedOverFor(WebhookSelection.SILENCED))
                        .isPositive();
                assertThat(receiver.moments("again", "x:SILENCED")).isEmpty();
                // However long all this took, the silence ends while the webhook is at work.
                long silencedUntilMs = System.currentTimeMillis() + 4_000;
                broker.write(silenced(2, silencedUntilMs));
                patiently().until(() -> receiver.moments("again", "x:FIRING").size() >= 3);
                patiently().until(() -> !receiver.moments("again", "x:SILENCED").isEmpty());

                assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(silencedUntilMs);
                assertThat(receiver.moments("again", "x:OVER")).containsExactly(moment(1), moment(2));
                assertThat(receiver.moments("again", "x:TAKEN")).containsExactly(moment(1));
                assertThat(receiver.delivered("again"))
                        .extracting(alert -> alert.at("/labels/subject").asText())
                        .describedAs("what is under another that fires")
                        .doesNotContain("x:CHILD");
                broker.write(Alerts.alert("again", "x:FIRING", AlertStatus.RESOLVED, 2));
                patiently().until(() -> receiver.moments("again", "x:FIRING").contains(moment(2)));
                patiently().until(() -> !receiver.moments("again", "x:CHILD").isEmpty());
                JsonNode last = last(receiver.delivered("again"), "x:FIRING");
                assertThat(Instant.parse(last.path("endsAt").asText()))
                        .describedAs("what is over stays over")
                        .isBefore(Instant.now());
                assertThat(receiver.authorizations()).containsOnly("Bearer " + TOKEN);
                assertThat(config.toString() + config.alerts()).doesNotContain(TOKEN);
            }
        }
    }

    private static Alert silenced(int sequence, long untilMs) {
        return Alert.newBuilder(Alerts.alert("again", "x:SILENCED", AlertStatus.FIRING, sequence))
                .setSilencedUntilMs(untilMs)
                .build();
    }

    private void writeEpisodes(String rule, List<String> subjects) {
        List<Alert> alerts = new ArrayList<>();
        for (String subject : subjects) {
            alerts.add(Alerts.alert(rule, subject, AlertStatus.PENDING, 0));
            alerts.add(Alerts.alert(rule, subject, AlertStatus.FIRING, 1));
            alerts.add(Alerts.alert(rule, subject, AlertStatus.FIRING, 2));
            alerts.add(Alerts.alert(rule, subject, AlertStatus.RESOLVED, 3));
        }
        broker.write(alerts.toArray(Alert[]::new));
    }

    private PlimsollConfig config(String name, String url, String resend) {
        return broker.config(
                name,
                Map.of(
                        "PLIMSOLL_ALERTS_WEBHOOK_URL",
                        url,
                        // No answer comes so late: a slow machine must not make an attempt more of it.
                        "PLIMSOLL_ALERTS_WEBHOOK_TIMEOUT",
                        "30s",
                        "PLIMSOLL_ALERTS_WEBHOOK_RESEND",
                        resend,
                        "PLIMSOLL_ALERTS_WEBHOOK_VALIDITY",
                        "2d",
                        "PLIMSOLL_ALERTS_WEBHOOK_TOKEN",
                        TOKEN));
    }

    private List<DeadLetter> deadLetters(String key) {
        return broker.deadLetters().stream()
                .filter(letter -> StandardCharsets.UTF_8
                        .decode(letter.getKey().duplicate())
                        .toString()
                        .equals(key))
                .toList();
    }

    private static JsonNode last(List<JsonNode> delivered, String subject) {
        return delivered.stream()
                .filter(alert -> alert.at("/labels/subject").asText().equals(subject))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static String moment(int sequence) {
        return Instant.ofEpochMilli(Alerts.SINCE_MS + 60_000 + sequence).toString();
    }

    private static WebhookFigures figures(AlertDelivery delivery) {
        return Objects.requireNonNull(delivery.webhook());
    }

    private static String metrics(AlertDelivery delivery) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        delivery.bindTo(registry);
        return registry.scrape();
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConditionFactory patiently() {
        // A group is not there before its first member.
        return await().atMost(PATIENCE).ignoreExceptions();
    }
}
