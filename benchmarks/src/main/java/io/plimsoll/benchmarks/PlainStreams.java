package io.plimsoll.benchmarks;

import io.plimsoll.server.monitor.StreamsSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** Runs a topology that is not the monitor's, with the settings the monitor runs with. */
final class PlainStreams implements AutoCloseable {

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
        Properties settings = StreamsSettings.of(broker.config(applicationId, threads, others), "localhost:1");
        // What is held against the monitor writes each record that it makes.
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0L);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, false);
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

    KafkaStreams streams() {
        return streams;
    }

    @Override
    public void close() {
        streams.close(CLOSE_WITHIN);
        streams.cleanUp();
    }
}
