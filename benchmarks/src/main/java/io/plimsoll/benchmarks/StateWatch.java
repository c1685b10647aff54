package io.plimsoll.benchmarks;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.server.monitor.StreamsSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the topic of market states, from its end, on a thread of its own: as a reader of what has been committed. */
final class StateWatch implements AutoCloseable {

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroDeserializer<MarketState> reader;
    private final Map<String, MarketState> newest = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile BiConsumer<MarketState, Long> listener = (state, nanos) -> {};
    private volatile boolean stopped;

    StateWatch(BenchBroker broker) {
        reader = new AvroDeserializer<>(broker.registry(), MarketState.class);
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        broker.bootstrapServers(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.RECEIVE_BUFFER_CONFIG,
                        StreamsSettings.SOCKET_BUFFER_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.MARKET_STATE.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread = new Thread(this::read, "bench-state-watch");
        thread.start();
    }

    /** Has each state handed over as it comes, with the nanosecond it came at, on the thread of the watch. */
    void listen(BiConsumer<MarketState, Long> to) {
        listener = to;
    }

    /** Open positions over all markets, in their newest states. */
    long positions() {
        return newest.values().stream()
                .mapToLong(state -> state.getLongPositions() + state.getShortPositions())
                .sum();
    }

    /** Whether each market's newest state has a price as new as that, by number of the market. */
    boolean hasPrices(long[] timeMsByMarket) {
        for (int market = 0; market < timeMsByMarket.length; market++) {
            MarketState state = newest.get(BenchMarkets.symbol(market));
            if (state == null || state.getPriceTimeMs() < timeMsByMarket[market]) {
                return false;
            }
        }
        return true;
    }

    /** Forgets what came so far. */
    void forget() {
        newest.clear();
    }

    private void read() {
        while (!stopped) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                MarketState state = reader.deserialize(record.topic(), record.value());
                if (state != null) {
                    listener.accept(state, System.nanoTime());
                    newest.put(state.getSymbol(), state);
                }
            }
        }
        consumer.close();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
