package io.plimsoll.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What every sub-topology is built with.
 *
 * @param builder the one that all add themselves to
 * @param registry where the contract's schemas are
 */
public record TopologyContext(StreamsBuilder builder, MonitorSettings settings, SchemaRegistryClient registry) {

    /** Reads a topic's values. Each processor has its own. */
    public <T extends SpecificRecord> AvroDeserializer<T> reader(Topic<T> topic) {
        return new AvroDeserializer<>(registry, topic.valueType());
    }

    /** A store in memory with a changelog; not to be shared by two sub-topologies. */
    public <T> StoreBuilder<KeyValueStore<String, T>> store(String name, Serde<T> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), values);
    }

    /** A store in memory of records of the contract, in the encoding of internal state. */
    public <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(String name, Class<T> values) {
        return store(name, InternalSerdes.of(values));
    }

    /** A stream as one of a wider type: its records are only read. */
    @SuppressWarnings("unchecked")
    public static <T> KStream<String, T> widened(KStream<String, ? extends T> stream) {
        return (KStream<String, T>) stream;
    }

    /** The part of a stream that is of one type. */
    public static <T> KStream<String, T> only(KStream<String, ?> stream, Class<T> type, String name) {
        return stream.filter((key, value) -> type.isInstance(value), Named.as(name))
                .mapValues(type::cast, Named.as(name + "-cast"));
    }

    /** Writes what is of a topic's type to the topic. */
    public <T extends SpecificRecord> void publish(KStream<String, ?> stream, Topic<T> topic, String name) {
        only(stream, topic.valueType(), name)
                .to(
                        topic.name(),
                        Produced.with(Serdes.String(), new AvroSerdes(registry).of(topic))
                                .withName(name + "-sink"));
    }

    /**
     * Writes the dead letters in a stream to their topic, under their original keys, at the time of day: their original
     * times may be such that no broker takes them, or lie before all retention. The letter itself says them.
     */
    public void publishDeadLetters(KStream<String, ?> stream, String name) {
        only(stream, DeadLetter.class, name)
                .process(Readdressing::new, Named.as(name + "-original-key"))
                .to(
                        Topics.DEAD_LETTERS.name(),
                        Produced.with(Serdes.ByteArray(), new AvroSerdes(registry).of(Topics.DEAD_LETTERS))
                                .withName(name + "-sink"));
    }

    private static final class Readdressing extends ContextualProcessor<String, DeadLetter, byte[], DeadLetter> {

        @Override
        public void process(Record<String, DeadLetter> record) {
            context()
                    .forward(new Record<>(
                            originalKey(record.value()),
                            record.value(),
                            context().currentSystemTimeMs()));
        }

        private static byte[] originalKey(DeadLetter letter) {
            ByteBuffer key = letter.getKey();
            byte[] bytes = new byte[key == null ? 0 : key.remaining()];
            if (key != null) {
                key.duplicate().get(bytes);
            }
            return bytes;
        }
    }
}
