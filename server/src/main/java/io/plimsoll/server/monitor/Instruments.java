package io.plimsoll.server.monitor;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.RegistryException;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.topology.InstrumentTerms;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The terms of every instrument, for measuring single accounts: an account's instruments may be another instance's. Reads
 * the whole, small instruments topic and follows it; as everywhere, the record with the newest event time counts.
 */
public final class Instruments implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Instruments.class);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Map<String, Dated> byMarket = new ConcurrentHashMap<>();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Instrument> reader;
    private final Thread thread = new Thread(this::follow, "plimsoll-instruments");
    private volatile boolean complete;

    private record Dated(long timestampMs, InstrumentTerms terms) {}

    private Instruments(KafkaConsumer<byte[], byte[]> consumer, Deserializer<Instrument> reader) {
        this.consumer = consumer;
        this.reader = reader;
    }

    /** Starts to read. */
    public static Instruments follow(PlimsollConfig config, SchemaRegistryClient registry) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-instruments");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        Instruments instruments = new Instruments(
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                new AvroSerdes(registry).of(Topics.INSTRUMENTS).deserializer());
        instruments.thread.setDaemon(true);
        instruments.thread.start();
        return instruments;
    }

    /** Terms of a market; null for one that is not known. */
    public @Nullable InstrumentTerms terms(String market) {
        Dated known = byMarket.get(market);
        return known == null ? null : known.terms();
    }

    /** Markets whose instrument is known. */
    public Set<String> markets() {
        return new TreeSet<>(byMarket.keySet());
    }

    /** Venues of which an instrument is known. */
    public Set<String> venues() {
        Set<String> venues = new TreeSet<>();
        byMarket.values().forEach(known -> venues.add(known.terms().instrument().getVenue()));
        return venues;
    }

    /** Base assets of the known instruments. */
    public Set<String> assets() {
        Set<String> assets = new TreeSet<>();
        byMarket.values().forEach(known -> assets.add(known.terms().instrument().getBaseAsset()));
        return assets;
    }

    /** Known markets of a base asset. */
    public Set<String> marketsOf(String asset) {
        Set<String> markets = new TreeSet<>();
        byMarket.forEach((market, known) -> {
            if (known.terms().instrument().getBaseAsset().equals(asset)) {
                markets.add(market);
            }
        });
        return markets;
    }

    /** What a scenario may shock: markets (venue:symbol) and base assets. */
    public Set<String> shockable() {
        Set<String> names = new TreeSet<>(byMarket.keySet());
        byMarket.values().forEach(known -> names.add(known.terms().contract().underlying()));
        return names;
    }

    /** True once everything has been read that was on the topic at the start. */
    public boolean isComplete() {
        return complete;
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
            boolean again = true;
            while (again) {
                again = readOn();
            }
        } catch (WakeupException e) {
            LOG.debug("Closed");
        } catch (KafkaException e) {
            LOG.error("Instruments can no longer be read; accounts are answered with those known so far", e);
        }
    }

    /** Reads until something fails that may go away by itself. */
    private boolean readOn() {
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.INSTRUMENTS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (true) {
                complete = complete
                        || partitions.stream()
                                .allMatch(
                                        partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                consumer.poll(POLL).forEach(this::take);
            }
        } catch (RetriableException e) {
            LOG.warn("Instruments are read again from the beginning: {}", e.toString());
            return true;
        }
    }

    /** The topology reports what cannot be read or used; here it is passed over. */
    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            Instrument instrument = reader.deserialize(record.topic(), record.value());
            if (record.key() == null || instrument == null) {
                return;
            }
            InstrumentTerms terms = InstrumentTerms.of(instrument);
            Dated known = byMarket.get(terms.market());
            boolean isItsKey = terms.market().equals(new String(record.key(), StandardCharsets.UTF_8));
            if (isItsKey && (known == null || known.timestampMs() <= record.timestamp())) {
                byMarket.put(terms.market(), new Dated(record.timestamp(), terms));
            }
        } catch (UnreadableRecordException | RegistryException | IllegalArgumentException e) {
            LOG.debug("Instrument at offset {} passed over: {}", record.offset(), e.getMessage());
        }
    }
}
