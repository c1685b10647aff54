package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.server.monitor.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A broker of its own with Plimsoll's topics, monitors on it, and the words to feed them and to read what they say. */
final class Scene implements AutoCloseable {

    /** Far longer than anything takes; only a failure waits for it. */
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** For so long what was right must stay right: longer than any interval at which the monitor publishes. */
    private static final Duration SETTLED = Duration.ofMillis(1_500);

    private final EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
    private final AvroSerdes serdes = new AvroSerdes(registry.client());
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Monitor> monitors = new ArrayList<>();
    private final Path dir;
    private final EmbeddedKafka kafka;
    private final Map<String, String> settings = new HashMap<>();
    private final KafkaProducer<byte[], byte[]> producer;
    private final TopicReader<MarketState> markets;
    private final TopicReader<Ladder> ladders;
    private final TopicReader<MeasureSet> measures;
    private final TopicReader<SystemState> systems;
    private final TopicReader<CascadeRisk> cascadeRisks;
    private final TopicReader<Contagion> contagion;
    private final TopicReader<DeadLetter> deadLetters;

    /**
     * Starts a broker.
     *
     * @param dir for the broker's data and the monitors' state
     * @param partitions of the topics, and of the topology
     * @param settings of Plimsoll, by environment variable
     */
    Scene(Path dir, int partitions, Map<String, String> settings) {
        this.dir = dir;
        kafka = opened(EmbeddedKafka.start(dir.resolve("kafka"), 0));
        this.settings.putAll(Map.of(
                "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "PLIMSOLL_TOPICS_PARTITIONS",
                Integer.toString(partitions),
                "PLIMSOLL_MONITOR_PARTITIONS",
                Integer.toString(partitions),
                // A system's last state waits for silent slices; there is no need to wait long.
                "PLIMSOLL_MONITOR_IDLE",
                "500ms",
                "PLIMSOLL_MONITOR_SURVEY_EVERY",
                "500ms",
                "PLIMSOLL_HTTP_PORT",
                "0"));
        this.settings.putAll(settings);
        // The random markets and the recordings are years old.
        TopicCreation.createMissing(config("topics", Map.of()), TopicCreation.Retention.FOR_EVER);
        producer = opened(new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        kafka.bootstrapServers(),
                        "max.request.size",
                        Topic.MAX_RECORD_BYTES,
                        "buffer.memory",
                        3L * Topic.MAX_RECORD_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer()));
        markets = reader(Topics.MARKET_STATE);
        ladders = reader(Topics.LADDERS);
        measures = reader(Topics.MARKET_MEASURES);
        systems = reader(Topics.SYSTEM_STATE);
        cascadeRisks = reader(Topics.CASCADE_RISK);
        contagion = reader(Topics.CONTAGION);
        deadLetters = reader(Topics.DEAD_LETTERS);
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Reads a topic of the catalogue; closed with the scene. */
    <V extends SpecificRecord> TopicReader<V> reader(Topic<V> topic) {
        return opened(new TopicReader<>(
                kafka.bootstrapServers(), topic.name(), serdes.of(topic).deserializer()));
    }

    /** The settings of an instance, which has a state directory of its own. */
    PlimsollConfig config(String instance, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("PLIMSOLL_DATA_DIR", dir.resolve(instance).toString());
        all.putAll(more);
        return ConfigReader.read(null, all);
    }

    /** Starts a monitor without HTTP; it stops with the scene. */
    Monitor startMonitor(String instance, int threads) {
        PlimsollConfig config = config(instance, Map.of("PLIMSOLL_THREADS", Integer.toString(threads)));
        // Where nobody listens; different for each, as instances are told apart by it.
        Monitor monitor = Monitor.start(config, registry.client(), instance + ":1");
        return watch(monitor);
    }

    /** Makes a scene end at once when this monitor fails, and stops it with the scene. */
    Monitor watch(Monitor monitor) {
        monitors.add(opened(monitor));
        return monitor;
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    AvroSerdes serdes() {
        return serdes;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /**
     * Lets the input topics take anything, as topics may that others made: with our settings the broker itself refuses
     * records without a key and times far ahead.
     */
    void letInputTopicsTakeAnything() throws Exception {
        List<AlterConfigOp> anything = List.of(
                set(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE)),
                set(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE));
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        Topics.inUse().stream()
                .filter(topic -> topic.direction() == Topic.Direction.IN)
                .forEach(topic -> changes.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), anything));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.incrementalAlterConfigs(changes).all().get();
        }
    }

    private static AlterConfigOp set(String name, String value) {
        return new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
    }

    /** Writes records to the topics, and tells the oracle of them. */
    void feed(List<LogRecord> log, Oracle oracle) {
        for (LogRecord record : log) {
            oracle.accept(record.topic(), record.key(), record.timestampMs(), record.value());
            send(record);
        }
        producer.flush();
    }

    Future<RecordMetadata> send(LogRecord record) {
        Topic<?> topic = Topics.named(record.topic()).orElseThrow();
        return sendBytes(
                topic, record.key().getBytes(StandardCharsets.UTF_8), record.timestampMs(), bytes(topic, record));
    }

    @SuppressWarnings("unchecked") // the log's records are of their topics' types
    private <T extends SpecificRecord> byte @Nullable [] bytes(Topic<T> topic, LogRecord record) {
        return record.value() == null
                ? null
                : serdes.of(topic).serializer().serialize(topic.name(), (T) record.value());
    }

    Future<RecordMetadata> sendBytes(Topic<?> topic, byte @Nullable [] key, long timestampMs, byte @Nullable [] value) {
        return producer.send(new ProducerRecord<>(topic.name(), null, timestampMs, key, value));
    }

    Map<String, MarketState> markets() {
        return markets.latest();
    }

    Map<String, Ladder> ladders() {
        return ladders.latest();
    }

    Map<String, SystemState> systems() {
        return systems.latest();
    }

    TopicReader<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** Waits patiently, but not for a monitor that has stopped. */
    ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .failFast(
                        "a monitor has stopped",
                        () -> monitors.stream()
                                .anyMatch(monitor -> monitor.failure().isDone()));
    }

    /** Waits until all that is published equals the oracle's word, and stays so. */
    void awaitEqual(Oracle oracle, String what) {
        Map<String, MarketState> expectedMarkets = oracle.markets();
        Map<String, Ladder> expectedLadders = new TreeMap<>(oracle.ladders());
        // A ladder is published where there is a price to hold it against.
        expectedLadders.keySet().retainAll(expectedMarkets.keySet());
        Map<String, SystemState> expectedSystems = oracle.systems();
        await(what).during(SETTLED).untilAsserted(() -> {
            assertThat(oracle.differences(expectedMarkets, markets()))
                    .describedAs("markets, %s", what)
                    .isEmpty();
            assertThat(oracle.differences(expectedLadders, ladders()))
                    .describedAs("ladders, %s", what)
                    .isEmpty();
            assertThat(oracle.differences(expectedSystems, systems()))
                    .describedAs("systems, %s", what)
                    .isEmpty();
            assertThat(oracle.measureDifferences(measures.latest()))
                    .describedAs("measures, %s", what)
                    .isEmpty();
        });
    }

    /** Everything published, by topic and key, once nothing of it changes any more. */
    Map<String, SpecificRecord> settled(String what) {
        Map<String, SpecificRecord> last = new TreeMap<>();
        await("nothing changes any more, " + what).during(SETTLED).until(() -> {
            Map<String, SpecificRecord> now = published();
            boolean same = now.equals(last);
            last.clear();
            last.putAll(now);
            return same;
        });
        return last;
    }

    /** Everything published, by topic and key. */
    Map<String, SpecificRecord> published() {
        Map<String, SpecificRecord> all = new TreeMap<>();
        markets().forEach((key, state) -> all.put("market " + key, state));
        ladders().forEach((key, ladder) -> all.put("ladder " + key, ladder));
        systems().forEach((key, state) -> all.put("system " + key, state));
        cascadeRisks.latest().forEach((key, risk) -> all.put("cascade risk " + key, ageless(risk)));
        contagion.latest().forEach((key, row) -> {
            if (forcesAnything(row)) {
                all.put("contagion " + key, ageless(row));
            }
        });
        return all;
    }

    /** How far a slice has come when it looks at its accounts depends on which accounts are in it. */
    private static CascadeRisk ageless(CascadeRisk risk) {
        return risk.getMarkPrice() != null
                ? risk
                : CascadeRisk.newBuilder(risk).setStalenessMs(0).build();
    }

    /** A market that forces nothing has no record, or, where it once did, one that says so. */
    private static boolean forcesAnything(Contagion row) {
        return !row.getFlows().isEmpty() || row.getSubject().equals("system");
    }

    private static Contagion ageless(Contagion row) {
        return Contagion.newBuilder(row).setStalenessMs(0).build();
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
