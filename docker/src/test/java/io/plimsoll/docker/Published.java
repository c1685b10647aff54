package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.plimsoll.oracle.Oracle;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.SystemState;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.awaitility.Awaitility;

/** What a monitor somewhere has published, read by its topics and its schema registry as anyone would read it. */
final class Published implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    /** For so long what was right must stay right: longer than any interval at which the monitor publishes. */
    private static final Duration SETTLED = Duration.ofMillis(1_500);

    private static final int SCHEMAS = 100;

    private final String bootstrapServers;
    private final AvroSerdes serdes;
    private final TopicContents<MarketState> markets;
    private final TopicContents<Ladder> ladders;
    private final TopicContents<SystemState> systems;

    Published(String bootstrapServers, String registryUrl) {
        this.bootstrapServers = bootstrapServers;
        AvroSerdes.trustOwnRecords();
        serdes = new AvroSerdes(new CachedSchemaRegistryClient(registryUrl, SCHEMAS));
        markets = contents(Topics.MARKET_STATE);
        ladders = contents(Topics.LADDERS);
        systems = contents(Topics.SYSTEM_STATE);
    }

    /** To be closed by who asks. */
    <V extends SpecificRecord> TopicContents<V> contents(Topic<V> topic) {
        return new TopicContents<>(
                bootstrapServers, topic.name(), serdes.of(topic).deserializer());
    }

    /** Market states published so far, all of them. */
    int marketStates() {
        return markets.all().size();
    }

    /** Waits until all that is published equals the oracle's word, and stays so. */
    void awaitEqual(Oracle oracle) {
        Map<String, MarketState> expectedMarkets = oracle.markets();
        Map<String, Ladder> expectedLadders = new TreeMap<>(oracle.ladders());
        // A ladder is published where there is a price to hold it against.
        expectedLadders.keySet().retainAll(expectedMarkets.keySet());
        Map<String, SystemState> expectedSystems = oracle.systems();
        assertThat(expectedMarkets).isNotEmpty();
        Awaitility.await()
                .atMost(PATIENCE)
                .during(SETTLED)
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> {
                    assertThat(oracle.differences(expectedMarkets, markets.latest()))
                            .describedAs("markets")
                            .isEmpty();
                    assertThat(oracle.differences(expectedLadders, ladders.latest()))
                            .describedAs("ladders")
                            .isEmpty();
                    assertThat(oracle.differences(expectedSystems, systems.latest()))
                            .describedAs("systems")
                            .isEmpty();
                });
    }

    /** The newest of everything, by topic and key. */
    Map<String, SpecificRecord> all() {
        Map<String, SpecificRecord> all = new TreeMap<>();
        markets.latest().forEach((key, state) -> all.put("market " + key, state));
        ladders.latest().forEach((key, ladder) -> all.put("ladder " + key, ladder));
        systems.latest().forEach((key, state) -> all.put("system " + key, state));
        return all;
    }

    @Override
    public void close() {
        markets.close();
        ladders.close();
        systems.close();
    }
}
