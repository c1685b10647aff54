package io.plimsoll.server.monitor;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.RegistryException;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.topology.MonitorTopology;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology. */
public final class Monitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);
    private static final long PAUSE_BEFORE_RETRY_MS = 1_000;

    private final KafkaStreams streams;
    private final StoreTopics storeTopics;
    private final PublishedMeters meters;
    private final boolean isStaticMember;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

    private Monitor(KafkaStreams streams, StoreTopics storeTopics, boolean isStaticMember, PublishedMeters meters) {
        this.meters = meters;
        this.streams = streams;
        this.storeTopics = storeTopics;
        this.isStaticMember = isStaticMember;
    }

    /**
     * Starts it.
     *
     * @param advertisedAddress host:port under which other instances reach this one's HTTP server
     */
    public static Monitor start(PlimsollConfig config, SchemaRegistryClient registry, String advertisedAddress) {
        CollectorPriority.lower();
        Properties settings = StreamsSettings.of(config, advertisedAddress);
        PublishedMeters meters = new PublishedMeters();
        settings.put(StreamsConfig.producerPrefix(PublishedRecords.METERS), meters);
        settings.putIfAbsent(
                StreamsConfig.producerPrefix(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG),
                PublishedRecords.class.getName());
        Topology topology = MonitorTopology.build(config.monitor(), registry);
        StoreTopics storeTopics = StoreTopics.of(topology, config.applicationId());
        Monitor monitor = new Monitor(
                new KafkaStreams(topology, new StreamsConfig(settings)),
                storeTopics,
                config.instanceId() != null,
                meters);
        monitor.streams.setUncaughtExceptionHandler(monitor::onError);
        monitor.streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.ERROR) {
                monitor.failure.complete(new IllegalStateException("all stream threads have stopped"));
            }
        });
        monitor.streams.start();
        return monitor;
    }

    /** Of what it publishes. */
    public PublishedMeters meters() {
        return meters;
    }

    /** For queries and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Which parts of a store go with which partitions. */
    public StoreTopics storeTopics() {
        return storeTopics;
    }

    /** True when it has its share of the work and serves it. */
    public boolean isReady() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Completed when the monitor stopped by itself, with the reason. */
    public CompletableFuture<Throwable> failure() {
        return failure;
    }

    @Override
    public void close() {
        // A static member comes back for its work; others hand it on at once, or it would lie until their session ends.
        CloseOptions.GroupMembershipOperation membership = isStaticMember
                ? CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP
                : CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
        if (!streams.close(CloseOptions.timeout(CLOSE_WITHIN).withGroupMembershipOperation(membership))) {
            LOG.warn("The monitor did not stop within {} s", CLOSE_WITHIN.toSeconds());
        }
    }

    private StreamThreadExceptionResponse onError(Throwable error) {
        if (isRetriable(error)) {
            LOG.warn("A stream thread is replaced: {}", error.toString());
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("The monitor stops: {}", error.toString(), error);
        failure.complete(error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /**
     * True for what goes away by itself: a broker or the registry that does not answer, and a transaction that was lost with
     * the broker that led it. A new thread begins where the last one was committed.
     */
    static boolean isRetriable(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetriableException || cause instanceof RegistryException || isLostTransaction(cause)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLostTransaction(Throwable cause) {
        return cause instanceof InvalidTxnStateException
                || cause instanceof TransactionAbortableException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof InvalidPidMappingException
                || cause instanceof OutOfOrderSequenceException;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_BEFORE_RETRY_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
