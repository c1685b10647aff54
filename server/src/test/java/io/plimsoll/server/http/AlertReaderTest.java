package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.alerts.AlertFeed;
import io.plimsoll.server.alerts.Alerts;
import io.plimsoll.server.alerts.StreamPosition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AlertReaderTest {

    private static final AlertQuery CRITICAL_OF_X = new AlertQuery(
            EnumSet.allOf(AlertStatus.class),
            EnumSet.of(Severity.CRITICAL),
            Pattern.compile("x:.*"),
            Pattern.compile(".*"),
            ReadersView.PLAIN);
    private static final Alert FIRING = Alerts.alert("tip", "x:BTC", AlertStatus.FIRING, 1);
    private static final Alert RESOLVED = Alerts.alert("tip", "x:BTC", AlertStatus.RESOLVED, 2);
    private static final Alert ELSEWHERE = Alerts.alert("tip", "y:BTC", AlertStatus.FIRING, 1);

    private final AlertFeed feed = Alerts.feed(100, 100);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private @Nullable Thread thread;
    private @Nullable AlertReader reader;

    @AfterEach
    void leave() throws InterruptedException {
        if (reader != null && thread != null) {
            reader.end("the test is over");
            thread.interrupt();
            thread.join();
        }
    }

    @Test
    void shouldGiveTheBoardAndThenItsChanges() {
        Alerts.take(feed, Alerts.change(0, 5, FIRING));
        Alerts.take(feed, Alerts.change(1, 2, ELSEWHERE));
        read(null, written, 10, 10_000);
        awaitText("id: 0:5\nevent: alert\ndata: {\"key\":\"tip|x:BTC\",\"id\":\"" + FIRING.getId() + "\"");

        Alert mild = Alert.newBuilder(FIRING)
                .setSeverity(Severity.WARNING)
                .setRuleId("mild")
                .build();
        Alerts.take(feed, Alerts.change(1, 3, mild));
        Alerts.take(feed, Alerts.change(1, 4, ELSEWHERE));
        Alerts.take(feed, Alerts.change(0, 6, RESOLVED));
        Alerts.take(feed, Alerts.removal(2, 1, Alerts.alert("tip", "x:ETH", AlertStatus.RESOLVED, 1)));

        awaitText("id: 0:6,2:1\nevent: removed\ndata: {\"key\":\"tip|x:ETH\"}\n\n");
        assertThat(text())
                .startsWith("event: board\ndata: {\"alerts\":1}\n\n")
                .contains("id: 0:6\nevent: alert\n")
                .doesNotContain("y:BTC", "mild");
    }

    @Test
    void shouldGoOnWhereTheReaderWas() {
        Alerts.take(feed, Alerts.change(0, 5, FIRING));
        Alerts.take(feed, Alerts.change(0, 6, RESOLVED));

        read(StreamPosition.of("0:5"), written, 10, 10_000);

        awaitText("id: 0:6\n");
        assertThat(text())
                .startsWith("event: resumed\ndata: {\"alerts\":1}\n\n")
                .doesNotContain("id: 0:5\n");
    }

    @Test
    void shouldShowThatItIsAlive() {
        read(null, written, 10, 20);

        awaitText(": still here\n\n: still here\n\n");
    }

    @Test
    void shouldSendASlowReaderAwayWithAReason() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        read(
                null,
                new OutputStream() {
                    @Override
                    public void write(int each) {
                        written.write(each);
                    }

                    @Override
                    public void write(byte[] bytes) throws IOException {
                        written.write(bytes);
                        if (new String(bytes, StandardCharsets.UTF_8).contains("x:BTC")) {
                            stuck.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                        }
                    }
                },
                5,
                10_000);
        awaitText("event: board");
        Alerts.take(feed, Alerts.change(0, 0, FIRING));
        stuck.await();

        for (int i = 1; i <= 50; i++) {
            Alerts.take(feed, Alerts.change(0, i, FIRING));
        }
        goOn.countDown();

        awaitText("event: end\ndata: {\"reason\":\"too slow: more than 5 changes waited\"}\n\n");
        assertThat(thread).isNotNull();
        thread.join();
    }

    private void read(@Nullable StreamPosition position, OutputStream out, int mostWaiting, long heartbeatMs) {
        reader = new AlertReader(feed, CRITICAL_OF_X, position, ReadersView.PLAIN, out, mostWaiting, heartbeatMs);
        thread = new Thread(reader);
        thread.start();
    }

    private void awaitText(String part) {
        await().untilAsserted(() -> assertThat(text()).contains(part));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }
}
