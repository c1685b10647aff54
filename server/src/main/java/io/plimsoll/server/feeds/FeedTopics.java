package io.plimsoll.server.feeds;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.server.config.PlimsollConfig;

/** What topics tell of feeds, the same at every instance. */
public record FeedTopics(FeedStatuses statuses, UnusedRecords unused) implements AutoCloseable {

    /** Starts to read. */
    public static FeedTopics follow(PlimsollConfig config, SchemaRegistryClient registry) {
        return new FeedTopics(FeedStatuses.follow(config, registry), UnusedRecords.follow(config, registry));
    }

    /** True once all has been read that was there at the start. */
    public boolean isComplete() {
        return statuses.isComplete() && unused.isComplete();
    }

    @Override
    public void close() {
        statuses.close();
        unused.close();
    }
}
