package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.server.alerts.AlertFeed;
import io.plimsoll.server.alerts.Alerts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Places of readers, of whom nothing is heard when they leave. */
@Timeout(60)
class EventStreamsTest {

    private static final Duration A_FEW_SECONDS = Duration.ofSeconds(6);

    @Test
    void shouldFreeThePlaceOfAReaderOfStatesWithinSecondsThoughNothingChanges() throws IOException {
        StateRounds still = new StateRounds(
                before -> before.next(
                        StateRoundTest.list("markets", "{'id': 'v:A', 'price': 1}", ""),
                        StateRoundTest.list("subjects", "{'id': 'system'}", "")),
                Duration.ofMillis(100),
                System::nanoTime);

        assertThatAPlaceIsFreedSoon(out -> new StateFollower(still, Set.of(), Set.of(), out, EventText.HEARTBEAT_MS));
    }

    @Test
    void shouldFreeThePlaceOfAReaderOfAlertsWithinSecondsThoughNothingChanges() throws IOException {
        AlertFeed still = Alerts.feed(100, 100);
        AlertQuery all = new AlertQuery(
                EnumSet.allOf(AlertStatus.class),
                EnumSet.allOf(Severity.class),
                Pattern.compile(".*"),
                Pattern.compile(".*"),
                ReadersView.PLAIN);

        assertThatAPlaceIsFreedSoon(
                out -> new AlertReader(still, all, null, ReadersView.PLAIN, out, 10, EventText.HEARTBEAT_MS));
    }

    private static void assertThatAPlaceIsFreedSoon(Function<OutputStream, EventStreams.Reader> reader)
            throws IOException {
        try (EventStreams streams = new EventStreams("reader", 1, "http.streamClients")) {
            Javalin server = Javalin.create(settings -> {
                settings.startup.showJavalinBanner = false;
                settings.routes.get("/stream", context -> streams.open(context, reader));
                settings.routes.exception(Problem.class, (problem, context) -> context.status(problem.status()));
            });
            server.start("127.0.0.1", 0);
            try {
                try (Socket first = asked(server.port())) {
                    assertThat(answer(first)).contains(" 200 ");
                    try (Socket second = asked(server.port())) {
                        assertThat(answer(second)).contains(" 503 ");
                    }
                }

                await("the only place is free again")
                        .atMost(A_FEW_SECONDS)
                        .pollInterval(Duration.ofMillis(200))
                        .until(() -> {
                            try (Socket third = asked(server.port())) {
                                return answer(third).contains(" 200 ");
                            }
                        });
            } finally {
                server.stop();
            }
        }
    }

    private static Socket asked(int port) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.getOutputStream().write("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }
}
