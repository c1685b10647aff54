package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class WebhookClientTest {

    private static final String TOKEN = "t0p-secret";

    @ParameterizedTest
    @CsvSource({
        "200, TAKEN", "202, TAKEN", "400, REFUSED", "413, REFUSED", "415, REFUSED", "422, REFUSED", "301, FAILED",
        "401, FAILED", "403, FAILED", "404, FAILED", "408, FAILED", "429, FAILED", "500, FAILED", "503, FAILED"
    })
    void shouldGiveUpOnlyWhatIsAtFaultItself(int status, WebhookClient.Outcome outcome) throws Exception {
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> status);
                WebhookClient client = client(receiver.url() + "/", 10_000)) {
            WebhookClient.Answer answer = client.post("[]");

            assertThat(answer.outcome()).isEqualTo(outcome);
            assertThat(answer.kind()).isEqualTo(Integer.toString(status));
            assertThat(receiver.authorizations()).containsExactly("Bearer " + TOKEN);
            assertThat(answer.toString()).doesNotContain(TOKEN);
        }
    }

    @Test
    void shouldNotWaitForEver() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (FakeAlertmanager receiver = new FakeAlertmanager(0, body -> {
                    try {
                        over.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 200;
                });
                WebhookClient client = client(receiver.url(), 300)) {
            WebhookClient.Answer answer = client.post("[]");

            assertThat(answer)
                    .isEqualTo(new WebhookClient.Answer(
                            WebhookClient.Outcome.FAILED, "timeout", "no answer within 300 ms"));
            over.countDown();
        }
    }

    @Test
    void shouldSayThatNobodyListens() {
        try (WebhookClient client = client("http://127.0.0.1:" + EmbeddedKafka.freePort(), 5_000)) {
            WebhookClient.Answer answer = client.post("[]");

            assertThat(answer.outcome()).isEqualTo(WebhookClient.Outcome.FAILED);
            assertThat(answer.kind()).isEqualTo("connection");
        }
    }

    private static WebhookClient client(String url, long timeoutMs) {
        return new WebhookClient(new WebhookConfig(
                url, Duration.ofMillis(timeoutMs), Duration.ofMinutes(5), Duration.ofHours(24), TOKEN));
    }
}
