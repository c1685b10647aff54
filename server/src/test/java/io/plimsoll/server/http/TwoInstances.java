package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.TopicCreation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.awaitility.core.ThrowingRunnable;

/** Two instances of the server over one broker, and the words to ask them. */
final class TwoInstances implements AutoCloseable {

    /** Far longer than anything takes; only a failure waits for it. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
    private final RecordSink sink;
    private final PlimsollServer first;
    private final PlimsollServer second;

    /**
     * Starts them; the second one serves no registry.
     *
     * @param inputs writes what is on the topics before they start
     */
    TwoInstances(Path dir, Consumer<RecordSink> inputs) {
        this(dir, inputs, Map.of());
    }

    /** The same with some settings of Plimsoll, by environment variable. */
    TwoInstances(Path dir, Consumer<RecordSink> inputs, Map<String, String> settings) {
        AvroSerdes.trustOwnRecords();
        EmbeddedKafka kafka = opened(EmbeddedKafka.startTemporary());
        PlimsollConfig config = config(dir.resolve("one"), kafka, settings);
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        sink = opened(new KafkaRecordSink(config.kafka(), registry.client()));
        inputs.accept(sink);
        sink.flush();
        first = opened(PlimsollServer.start(config, registry.client(), registry));
        second = opened(PlimsollServer.start(config(dir.resolve("two"), kafka, settings), registry.client(), null));
    }

    PlimsollServer first() {
        return first;
    }

    PlimsollServer second() {
        return second;
    }

    /** Writes more, while they run. */
    void write(Consumer<RecordSink> inputs) {
        inputs.accept(sink);
        sink.flush();
    }

    List<PlimsollServer> both() {
        return List.of(first, second);
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    /**
     * Waits until that holds. Stores fill and move from one instance to the other at a pace of their own, states are
     * published at intervals, and a slow instance leaves parts out: nothing follows from another answer having come.
     */
    static void eventually(ThrowingRunnable assertions) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertions);
    }

    /** The body of a good answer. */
    static JsonNode json(PlimsollServer server, String path) throws Exception {
        HttpResponse<String> answer = get(server, path);
        assertThat(answer.statusCode())
                .describedAs("%s: %s", path, answer.body())
                .isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    static HttpResponse<String> get(PlimsollServer server, String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static PlimsollConfig config(Path dataDir, EmbeddedKafka kafka, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_HTTP_PORT", "0");
        all.put("PLIMSOLL_THREADS", "1");
        all.put("PLIMSOLL_DATA_DIR", dataDir.toString());
        all.put("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        return ConfigReader.read(null, all);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
