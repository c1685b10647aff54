package io.plimsoll.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a topology that is not the monitor's, with the settings the monitor runs with. */
final class PlainStreams implements AutoCloseable {

    private static final int COMMIT_INTERVAL_MS = 100;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

    private final KafkaStreams streams;

    private PlainStreams(KafkaStreams streams) {
        this.streams = streams;
    }

    static PlainStreams start(BenchBroker broker, Topology topology, String applicationId, int threads) {
        return start(broker, topology, applicationId, threads, Map.of());
    }

    /** The same with settings that go before those of the monitor. */
    static PlainStreams start(
            BenchBroker broker, Topology topology, String applicationId, int threads, Map<String, String> others) {
        Properties settings = settings(broker.bootstrapServers(), broker.stateDir(), applicationId, threads);
        settings.putAll(others);
        KafkaStreams streams = new KafkaStreams(topology, settings);
        streams.start();
        PlainStreams running = new PlainStreams(streams);
        Waiting.until(applicationId + " runs", () -> {
            running.requireAlive();
            return streams.state() == KafkaStreams.State.RUNNING;
        });
        return running;
    }

    void requireAlive() {
        if (streams.state().hasStartedOrFinishedShuttingDown()) {
            throw new IllegalStateException("the topology has stopped");
        }
    }

    /** The same as the server's StreamsSettings where it matters to speed. */
    private static Properties settings(String bootstrapServers, Path stateDir, String applicationId, int threads) {
        Properties all = new Properties();
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return all;
    }

    KafkaStreams streams() {
        return streams;
    }

    @Override
    public void close() {
        streams.close(CLOSE_WITHIN);
        streams.cleanUp();
    }
}
