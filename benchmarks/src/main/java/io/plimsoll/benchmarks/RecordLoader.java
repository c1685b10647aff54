package io.plimsoll.benchmarks;

import io.plimsoll.schemas.AvroSerializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rule;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes input records. Not for use by several threads. */
final class RecordLoader implements AutoCloseable {

    private final KafkaProducer<byte[], byte[]> producer;
    private final AvroSerializer<Instrument> instruments;
    private final AvroSerializer<Position> positions;
    private final AvroSerializer<Collateral> collateral;
    private final AvroSerializer<Price> prices;
    private final AvroSerializer<Rule> rules;

    /** A loader that waits up to the given time for a batch to fill. */
    RecordLoader(BenchBroker broker, int lingerMs) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        lingerMs,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        instruments = new AvroSerializer<>(broker.registry(), Instrument.class);
        positions = new AvroSerializer<>(broker.registry(), Position.class);
        collateral = new AvroSerializer<>(broker.registry(), Collateral.class);
        prices = new AvroSerializer<>(broker.registry(), Price.class);
        rules = new AvroSerializer<>(broker.registry(), Rule.class);
    }

    void instrument(Instrument instrument, long eventTimeMs) {
        String topic = Topics.INSTRUMENTS.name();
        send(
                topic,
                Keys.market(instrument.getVenue(), instrument.getSymbol()),
                instruments.serialize(topic, instrument),
                eventTimeMs);
    }

    void position(Position position, long eventTimeMs) {
        positionTo(Topics.POSITIONS.name(), position, eventTimeMs);
    }

    /** The record that would go to the topic of positions, to another one. */
    void positionTo(String topic, Position position, long eventTimeMs) {
        send(
                topic,
                Keys.position(position.getVenue(), position.getAccount(), position.getSymbol()),
                positions.serialize(Topics.POSITIONS.name(), position),
                eventTimeMs);
    }

    void collateral(Collateral balance, long eventTimeMs) {
        String topic = Topics.COLLATERAL.name();
        send(
                topic,
                Keys.collateral(balance.getVenue(), balance.getAccount(), balance.getAsset()),
                collateral.serialize(topic, balance),
                eventTimeMs);
    }

    void price(Price price, long eventTimeMs) {
        String topic = Topics.PRICES.name();
        send(topic, Keys.market(price.getVenue(), price.getSymbol()), prices.serialize(topic, price), eventTimeMs);
    }

    void rule(Rule rule, long eventTimeMs) {
        String topic = Topics.RULES.name();
        send(topic, rule.getId(), rules.serialize(topic, rule), eventTimeMs);
    }

    void flush() {
        producer.flush();
    }

    private void send(String topic, String key, byte @Nullable [] value, long eventTimeMs) {
        producer.send(
                new ProducerRecord<>(topic, null, eventTimeMs, key.getBytes(StandardCharsets.UTF_8), value),
                (metadata, error) -> {
                    if (error != null) {
                        throw new IllegalStateException("cannot write to " + topic, error);
                    }
                });
    }

    @Override
    public void close() {
        producer.close();
    }
}
