package io.plimsoll.server.monitor;

import io.plimsoll.schemas.Topic;
import io.plimsoll.server.config.PlimsollConfig;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told: our choices, then kafka.*, then streams.* of the user. */
public final class StreamsSettings {

    private static final int COMMIT_INTERVAL_MS = 100;
    /** With processing exactly once commits are asked for on each beat, see Beat: others beside them would hold work up. */
    private static final int COMMIT_INTERVAL_EXACTLY_ONCE_MS = 1_000;

    /** Clocks wait for a poll to end: a price that came alone would be up to Kafka's 100 ms late for its beat. */
    private static final int POLL_MS = 10;

    private static final int LINGER_MS = 5;
    /** A commit waits until all is sent: most of it is to be by then. Each request costs its share, too. */
    private static final int LINGER_EXACTLY_ONCE_MS = 20;
    /** What a partition's records make up between two commits is to go in one batch: Kafka's 16 KB are many. */
    private static final int BATCH_BYTES = 128 * 1024;

    /** For the one cached store, in which prices wait for newer ones; without it every tick would be written. */
    private static final long CACHE_BYTES = 16L * 1024 * 1024;

    private static final int SESSION_TIMEOUT_MS = 10_000;
    /** With Kafka's own 30 s and 60 s a broker that was cut off, rather than shut down, holds work up for a minute. */
    private static final int REQUEST_TIMEOUT_MS = 5_000;

    private static final int DEFAULT_API_TIMEOUT_MS = 20_000;
    /**
     * The operating system's own choice. Kafka's 64 KB are less than a packet on the loopback device or between containers of
     * one machine: when such a window is full, the sender tries again after 200 ms only.
     */
    public static final int SOCKET_BUFFER_BYTES = -1;

    /** A request that waits for quiet partitions holds up the busy ones of the same broker that long; Kafka's 500 ms do. */
    private static final int FETCH_MAX_WAIT_MS = 20;

    private static final long PRODUCER_BUFFER_BYTES = 2L * Topic.MAX_RECORD_BYTES;

    private StreamsSettings() {}

    /**
     * All settings of Kafka Streams.
     *
     * @param advertisedAddress host:port under which other instances reach this one
     */
    public static Properties of(PlimsollConfig config, String advertisedAddress) {
        Properties all = new Properties();
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        all.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertisedAddress);
        all.put(
                StreamsConfig.STATE_DIR_CONFIG,
                config.dataDir().resolve("state").toAbsolutePath().toString());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MS);
        all.put(StreamsConfig.POLL_MS_CONFIG, POLL_MS);
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        all.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // What must meet in order of event time waits in the topology itself; the engine's own wait looks at every
        // record.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        all.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                Integer.toString(Topic.MAX_RECORD_BYTES));

        // Streams would wait 100 ms for a batch to fill; with none at all, every record wakes the sender.
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MS);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MAX_RECORD_BYTES);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG), PRODUCER_BUFFER_BYTES);
        all.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        all.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, DEFAULT_API_TIMEOUT_MS);
        all.put(CommonClientConfigs.RECEIVE_BUFFER_CONFIG, SOCKET_BUFFER_BYTES);
        all.put(CommonClientConfigs.SEND_BUFFER_CONFIG, SOCKET_BUFFER_BYTES);
        all.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), FETCH_MAX_WAIT_MS);
        if (config.instanceId() != null) {
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instanceId());
        } else {
            // Kafka's 45 s are for members that keep their work over a restart; this one's work waits for another.
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        }
        if (StreamsConfig.EXACTLY_ONCE_V2.equals(config.streams().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))) {
            all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_EXACTLY_ONCE_MS);
            all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_EXACTLY_ONCE_MS);
        }
        all.putAll(config.kafka());
        all.putAll(config.streams());
        return all;
    }
}
