package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.HostInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeersTest {

    private final List<HttpServer> started = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(server -> server.stop(0));
    }

    @Test
    void shouldNameInstancesThatDoNotAnswer() throws IOException {
        HostInfo good = instance(200, "{\"accounts\":[{\"id\":\"v:a\"}],\"accountsByState\":{\"WATCH\":1}}");
        HostInfo moving = instance(503, "{\"status\":503}");
        HostInfo strange = instance(200, "{\"other\":[]}");
        HostInfo gone = instance(200, "{}");
        started.get(3).stop(0);
        List<String> missing = new ArrayList<>();

        List<JsonNode> answers = new Peers(PeerLink.PLAIN, new ObjectMapper())
                .answers(List.of(good, moving, strange, gone), "/api/v1/accounts?limit=5", "accounts", missing);

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).at("/accountsByState/WATCH").asInt()).isEqualTo(1);
        assertThat(missing).containsExactly(name(moving), name(strange), name(gone));
        assertThat(asked).hasSize(3).containsOnly("/api/v1/accounts?limit=5&scope=local");
    }

    private static String name(HostInfo instance) {
        return instance.host() + ":" + instance.port();
    }

    private HostInfo instance(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            synchronized (asked) {
                asked.add(exchange.getRequestURI().toString());
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (exchange) {
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        started.add(server);
        return new HostInfo("127.0.0.1", server.getAddress().getPort());
    }
}
