package io.plimsoll.server.feeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.server.alerts.TopicFollower;
import io.plimsoll.server.config.PlimsollConfig;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What connectors say of their feeds, as the topic of statuses has it, in memory. */
public final class FeedStatuses implements AutoCloseable {

    /**
     * One of them.
     *
     * @param writtenMs when it was written, epoch milliseconds
     */
    public record Told(long writtenMs, FeedStatus status) {}

    private final Map<String, Told> byKey = new ConcurrentSkipListMap<>();
    private final TopicFollower<FeedStatus> follower;

    private FeedStatuses(PlimsollConfig config, SchemaRegistryClient registry) {
        follower = new TopicFollower<>(
                config,
                registry,
                Topics.FEED_STATUS,
                (key, partition, offset, timestampMs, status) -> take(key, timestampMs, status),
                Clock.systemUTC());
    }

    /** Starts to read. */
    public static FeedStatuses follow(PlimsollConfig config, SchemaRegistryClient registry) {
        FeedStatuses statuses = new FeedStatuses(config, registry);
        statuses.follower.start();
        return statuses;
    }

    private void take(String key, long timestampMs, @Nullable FeedStatus status) {
        if (status == null) {
            byKey.remove(key);
        } else {
            byKey.put(key, new Told(timestampMs, status));
        }
    }

    /** By key, venue:feed:part. */
    public Map<String, Told> all() {
        return new TreeMap<>(byKey);
    }

    /** True once all has been read that was on the topic at the start. */
    public boolean isComplete() {
        return follower.progress().complete();
    }

    @Override
    public void close() {
        follower.close();
    }
}
