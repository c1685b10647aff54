package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.plimsoll.connectors.hyperliquid.LocalHyperliquid;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.ConnectConfig;
import io.plimsoll.server.connect.ConnectorHealth;
import io.plimsoll.server.connect.DyingSourceConnector;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.monitor.StartException;
import io.plimsoll.server.monitor.TopicCreation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A real worker of Kafka Connect on a real broker, with a venue of the tests at its other end. */
class EmbeddedConnectIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String REGISTRY = "embedded-connect";
    private static final String HYPERLIQUID = "io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector";
    private static final int ACCOUNTS = 8;
    private static final int MARKETS = 3;

    /** Longer than any interval at which the venue is asked for what may have changed. */
    private static final Duration UNCHANGED = Duration.ofSeconds(5);

    /** Topics whose records say what is, and are written when it changes. */
    private static final List<Topic<?>> STATE =
            List.of(Topics.INSTRUMENTS, Topics.PRICES, Topics.POSITIONS, Topics.COLLATERAL, Topics.LIQUIDATIONS);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final AvroSerdes serdes = new AvroSerdes(MockSchemaRegistry.getClientForScope(REGISTRY));
    private final EmbeddedKafka kafka = opened(EmbeddedKafka.startTemporary());
    private final PlimsollConfig config = ConfigReader.read(
            null,
            Map.of(
                    "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS",
                    kafka.bootstrapServers(),
                    "PLIMSOLL_TOPICS_PARTITIONS",
                    "2",
                    "PLIMSOLL_SCHEMA_REGISTRY_CLIENT_BASIC_AUTH_USER_INFO",
                    DyingSourceConnector.SECRET));

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    @AfterEach
    void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    private EmbeddedConnect start(Map<String, Map<String, String>> connectors) {
        return EmbeddedConnect.start(config, new ConnectConfig(connectors, Map.of()), "mock://" + REGISTRY);
    }

    private static Map<String, String> hyperliquid(LocalHyperliquid venue) {
        Map<String, String> settings = new HashMap<>(venue.settings());
        settings.put("connector.class", HYPERLIQUID);
        settings.put("tasks.max", "2");
        return settings;
    }

    private <V extends SpecificRecord> TopicReader<V> reader(Topic<V> topic) {
        return opened(new TopicReader<>(
                kafka.bootstrapServers(), topic.name(), serdes.of(topic).deserializer(), "read_committed"));
    }

    @Test
    @Timeout(1_800)
    void shouldNeitherRepeatNorLoseWhatAVenueSaysOverRestarts() {
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        LocalHyperliquid venue = opened(new LocalHyperliquid(5, ACCOUNTS));
        venue.trade();
        venue.trade();
        Map<String, Map<String, String>> connectors = Map.of("hyperliquid", hyperliquid(venue));
        TopicReader<Position> positions = reader(Topics.POSITIONS);
        Map<Topic<?>, TopicReader<?>> readers = new HashMap<>();
        STATE.forEach(topic -> readers.put(topic, reader(topic)));
        TopicReader<FeedStatus> statuses = reader(Topics.FEED_STATUS);

        try (EmbeddedConnect connect = start(connectors)) {
            awaitPositions(positions, venue);
            awaitLive(statuses, 0);
            awaitUp(connect);
            awaitAllWritten(readers);
        }
        Map<String, Integer> before = counts(readers);

        int seen = statuses.all().size();
        try (EmbeddedConnect connect = start(connectors)) {
            awaitLive(statuses, seen);
            awaitUp(connect);
        }
        assertThat(counts(readers))
                .describedAs("nothing has happened meanwhile")
                .isEqualTo(before);

        venue.trade();
        venue.liquidate();
        seen = statuses.all().size();
        try (EmbeddedConnect connect = start(connectors)) {
            awaitPositions(positions, venue);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(liquidations(readers))
                            .containsExactlyInAnyOrderElementsOf(venue.liquidations()));
            awaitLive(statuses, seen);
            awaitUp(connect);
        }
        assertThat(venue.liquidations()).isNotEmpty();
        assertThat(venue.complaints()).isEmpty();
        assertNoStateTwice(positions);
    }

    /** A task that has said nothing yet is not among those that the worker counts. */
    private static void awaitUp(EmbeddedConnect connect) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            ConnectorHealth health = connect.health().get("hyperliquid");
            assertThat(health.isUp()).isTrue();
            assertThat(health.tasks()).isEqualTo(2);
        });
    }

    /** Each topic has a moment of its own; what is not written now would be written after the restart. */
    private static void awaitAllWritten(Map<Topic<?>, TopicReader<?>> readers) {
        Map<String, Integer> last = new TreeMap<>();
        Awaitility.await().atMost(PATIENCE).during(UNCHANGED).untilAsserted(() -> {
            Map<String, Integer> now = counts(readers);
            Map<String, Integer> before = Map.copyOf(last);
            last.putAll(now);
            assertThat(now.get(Topics.INSTRUMENTS.name())).isGreaterThanOrEqualTo(MARKETS);
            assertThat(now.get(Topics.PRICES.name())).isEqualTo(MARKETS);
            assertThat(now.get(Topics.COLLATERAL.name())).isGreaterThanOrEqualTo(ACCOUNTS);
            assertThat(now).isEqualTo(before);
        });
    }

    private static void awaitPositions(TopicReader<Position> reader, LocalHyperliquid venue) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            Map<String, Double> sizes = new TreeMap<>();
            reader.latest().forEach((key, position) -> {
                if (position != null) {
                    sizes.put(key, position.getSize());
                }
            });
            assertThat(sizes).isEqualTo(venue.positions());
        });
    }

    /** Every task has said after so many records that all comes in time. */
    private static void awaitLive(TopicReader<FeedStatus> reader, int after) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<ConsumerRecord<String, FeedStatus>> all = reader.all();
            Map<String, FeedState> states = new TreeMap<>();
            all.subList(after, all.size())
                    .forEach(record -> states.put(record.key(), record.value().getState()));
            assertThat(states)
                    .hasSize(2)
                    .allSatisfy((key, state) -> assertThat(state).isEqualTo(FeedState.LIVE));
        });
    }

    private static Map<String, Integer> counts(Map<Topic<?>, TopicReader<?>> readers) {
        Map<String, Integer> counts = new TreeMap<>();
        readers.forEach((topic, reader) -> counts.put(topic.name(), reader.all().size()));
        return counts;
    }

    private static TreeSet<String> liquidations(Map<Topic<?>, TopicReader<?>> readers) {
        TreeSet<String> found = new TreeSet<>();
        readers.get(Topics.LIQUIDATIONS).all().forEach(record -> {
            Liquidation liquidation = (Liquidation) record.value();
            found.add(liquidation.getAccount() + " " + liquidation.getSymbol() + " " + liquidation.getTradeId());
        });
        return found;
    }

    /** A key's record is never of the same time and the same content as the one before it. */
    private static void assertNoStateTwice(TopicReader<Position> reader) {
        Map<String, String> last = new HashMap<>();
        for (ConsumerRecord<String, Position> record : reader.all()) {
            String content = record.timestamp() + " " + record.value();
            assertThat(last.put(record.key(), content)).isNotEqualTo(content);
        }
    }

    @Test
    @Timeout(900)
    void shouldStartAgainWhatHasDiedAndKeepSecretsToItself() {
        DyingSourceConnector.failFor(2);
        Map<String, String> settings = Map.of(
                "connector.class",
                DyingSourceConnector.class.getName(),
                "api.key",
                DyingSourceConnector.SECRET,
                "topic",
                "anything");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        opened(() -> root.detachAppender(log));
        try (EmbeddedConnect connect = start(Map.of("dying", settings))) {
            Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                ConnectorHealth health = connect.health().get("dying");
                assertThat(health.restarts()).isGreaterThanOrEqualTo(2);
                assertThat(health.isUp()).isTrue();
                assertThat(health.trouble()).contains("the venue says no").doesNotContain(DyingSourceConnector.SECRET);
            });

            assertThat(DyingSourceConnector.givenKey()).isEqualTo(DyingSourceConnector.SECRET);
            assertThat(List.copyOf(log.list))
                    .extracting(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains("Connector dying has died and is started again in"))
                    .noneMatch(line -> line.contains(DyingSourceConnector.SECRET));
        }
        for (String topic : List.of("plimsoll-connect-configs", "plimsoll-connect-offsets")) {
            try (TopicReader<String> stored =
                    new TopicReader<>(kafka.bootstrapServers(), topic, new StringDeserializer(), "read_uncommitted")) {
                assertThat(stored.all())
                        .noneMatch(record -> String.valueOf(record.value()).contains(DyingSourceConnector.SECRET));
                if (topic.endsWith("configs")) {
                    assertThat(stored.all())
                            .anyMatch(record -> String.valueOf(record.value()).contains("${plimsoll:dying:api.key}"));
                }
            }
        }
    }

    @Test
    @Timeout(900)
    void shouldSayWhatIsWrongWithAConnector() {
        assertThatThrownBy(() ->
                        start(Map.of("hyperliquid", Map.of("connector.class", HYPERLIQUID, "accounts.max", "plenty"))))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("accounts.max")
                .hasMessageContaining("plenty")
                .message()
                .doesNotContain("endpoint", "\n");
    }
}
