package io.plimsoll.server.monitor;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.RegistryException;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.server.config.PlimsollConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Base units in one contract of each instrument, for valuing single accounts: an account's book counts contracts, and
 * its instruments may be another instance's. Reads the whole, small instruments topic and follows it.
 */
public final class ContractSizes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ContractSizes.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Map<String, Double> multiplierByMarket = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Instrument> reader;
    private final Thread thread = new Thread(this::follow, "plimsoll-instruments");

    private ContractSizes(KafkaConsumer<byte[], byte[]> consumer, Deserializer<Instrument> reader) {
        this.consumer = consumer;
        this.reader = reader;
    }

    /** Starts to read. */
    public static ContractSizes follow(PlimsollConfig config, SchemaRegistryClient registry) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-instruments");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        ContractSizes sizes = new ContractSizes(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new AvroSerdes(registry).of(Topics.INSTRUMENTS).deserializer());
        sizes.thread.setDaemon(true);
        sizes.thread.start();
        return sizes;
    }

    /** Base units in one contract; empty for an instrument that is not known. */
    public OptionalDouble of(String market) {
        Double multiplier = multiplierByMarket.get(market);
        return multiplier == null ? OptionalDouble.empty() : OptionalDouble.of(multiplier);
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.INSTRUMENTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (WakeupException e) {
            LOG.debug("Closed");
        } catch (KafkaException e) {
            LOG.warn("Accounts are valued with the instruments known so far: {}", e.toString());
        }
    }

    /** The topology reports what cannot be read; here it is passed over. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            Instrument instrument = reader.deserialize(record.topic(), record.value());
            if (record.key() != null && instrument != null && instrument.getContractMultiplier() > 0) {
                multiplierByMarket.put(
                        new String(record.key(), StandardCharsets.UTF_8), instrument.getContractMultiplier());
            }
        } catch (UnreadableRecordException | RegistryException e) {
            LOG.debug("Instrument at offset {} passed over: {}", record.offset(), e.getMessage());
        }
    }
}
