package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<HttpServer> started = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private final Peers peers = new Peers(PeerLink.PLAIN);

    @AfterEach
    void stop() {
        end.countDown();
        started.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    @Test
    void shouldSayWhichScopeAndHowMuchTimeIsLeft() throws IOException {
        HostInfo instance = instance(exchange -> answer(
                exchange,
                exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst(Deadline.HEADER).matches("\\d+")
                        + " " + exchange.getRequestHeaders().getFirst(Gathering.PARTS_HEADER)));

        Peers.Reply plain = ask(instance, "/api/v1/markets", Scope.LOCAL, LONG);
        Peers.Reply copy = peers.ask(instance, "/a?shock=-5%&b=ä|", Scope.COPY, Deadline.in(LONG), "accounts:1")
                .join();

        assertThat(plain.answer()).isNotNull();
        assertThat(plain.answer().body()).isEqualTo("/api/v1/markets?scope=local true null");
        assertThat(copy.answer()).isNotNull();
        assertThat(copy.answer().body()).isEqualTo("/a?shock=-5%25&b=%C3%A4%7C&scope=copy true accounts:1");
    }

    /** Each waits for the other: one after the other they would never end. */
    @Test
    void shouldAskSideBySide() throws IOException {
        CyclicBarrier both = new CyclicBarrier(2);
        Answering meeting = exchange -> {
            try {
                both.await(LONG.toSeconds(), TimeUnit.SECONDS);
                answer(exchange, "met");
            } catch (Exception e) {
                throw new IOException(e);
            }
        };
        HostInfo one = instance(meeting);
        HostInfo other = instance(meeting);

        List<CompletableFuture<Peers.Reply>> asked = List.of(
                peers.ask(one, "/", Scope.LOCAL, Deadline.in(LONG), null),
                peers.ask(other, "/", Scope.LOCAL, Deadline.in(LONG), null));

        assertThat(asked).allSatisfy(reply -> assertThat(reply.join().answer()).isNotNull());
    }

    @Test
    void shouldNotWaitForAnInstanceThatHangsAndLeaveItAloneForAWhile() throws IOException {
        HostInfo silent = instance(exchange -> hang());

        Peers.Reply first = ask(silent, "/", Scope.LOCAL, SHORT);
        Peers.Reply next = ask(silent, "/", Scope.LOCAL, LONG);

        assertThat(first.trouble()).isEqualTo(Trouble.TIMEOUT);
        assertThat(next.trouble()).isEqualTo(Trouble.NOT_ASKED);
    }

    @Test
    void shouldNotWaitForABodyThatHangs() throws IOException {
        HostInfo slow = instance(exchange -> {
            exchange.sendResponseHeaders(200, 1_000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            hang();
        });

        assertThat(ask(slow, "/", Scope.LOCAL, SHORT).trouble()).isEqualTo(Trouble.TIMEOUT);
    }

    @Test
    void shouldLetOnlySoManyRequestsWait() throws IOException {
        HostInfo silent = instance(exchange -> hang());
        List<CompletableFuture<Peers.Reply>> waiting = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            waiting.add(peers.ask(silent, "/", Scope.LOCAL, Deadline.in(LONG), null));
        }

        long ended = waiting.stream().filter(CompletableFuture::isDone).count();
        assertThat(ended).isEqualTo(200 - 32);
        assertThat(waiting.stream().filter(CompletableFuture::isDone))
                .allSatisfy(reply -> assertThat(reply.join().trouble()).isEqualTo(Trouble.BUSY));
    }

    @Test
    void shouldSayThatAnInstanceIsGone() throws IOException {
        HostInfo gone = instance(exchange -> answer(exchange, ""));
        started.get(0).stop(0);

        assertThat(ask(gone, "/", Scope.LOCAL, LONG).trouble()).isEqualTo(Trouble.UNREACHABLE);
    }

    private interface Answering {
        void to(HttpExchange exchange) throws IOException;
    }

    private Peers.Reply ask(HostInfo instance, String path, Scope scope, Duration within) {
        return peers.ask(instance, path, scope, Deadline.in(within), null).join();
    }

    private void hang() throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private HostInfo instance(Answering answering) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", answering::to);
        server.start();
        started.add(server);
        return new HostInfo("127.0.0.1", server.getAddress().getPort());
    }
}
