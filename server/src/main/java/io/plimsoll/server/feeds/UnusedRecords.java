package io.plimsoll.server.feeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.server.alerts.TopicFollower;
import io.plimsoll.server.config.PlimsollConfig;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** The newest dead letters of all instances, in memory: without their values, which may be of any size. */
public final class UnusedRecords implements AutoCloseable {

    /** Most that are kept. */
    public static final int MOST = 1_000;

    private final PriorityQueue<UnusedRecord> oldestFirst = new PriorityQueue<>(
            Comparator.comparingLong(UnusedRecord::writtenMs).thenComparing(UnusedRecord::id));
    private final @Nullable TopicFollower<DeadLetter> follower;

    /** One that reads nothing by itself. */
    UnusedRecords() {
        follower = null;
    }

    private UnusedRecords(PlimsollConfig config, SchemaRegistryClient registry) {
        follower = new TopicFollower<>(
                config,
                registry,
                Topics.DEAD_LETTERS,
                (key, partition, offset, timestampMs, letter) -> {
                    if (letter != null) {
                        take(UnusedRecord.of(partition, offset, timestampMs, letter));
                    }
                },
                Clock.systemUTC(),
                MOST);
    }

    /** Starts to read. */
    public static UnusedRecords follow(PlimsollConfig config, SchemaRegistryClient registry) {
        UnusedRecords records = new UnusedRecords(config, registry);
        if (records.follower != null) {
            records.follower.start();
        }
        return records;
    }

    synchronized void take(UnusedRecord record) {
        oldestFirst.add(record);
        if (oldestFirst.size() > MOST) {
            oldestFirst.remove();
        }
    }

    /** In no order. */
    public synchronized List<UnusedRecord> newest() {
        return new ArrayList<>(oldestFirst);
    }

    /** True once all has been read that was on the topic at the start. */
    public boolean isComplete() {
        return follower == null || follower.progress().complete();
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }
}
