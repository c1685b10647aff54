package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.server.config.PlimsollConfig;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Who has taken up or silenced what, as the topic of actions has it, in memory. */
public final class AlertActions implements AutoCloseable {

    private final Map<String, AlertAction> byTarget = new ConcurrentHashMap<>();
    private final TopicFollower<AlertAction> follower;

    private AlertActions(PlimsollConfig config, SchemaRegistryClient registry) {
        follower = new TopicFollower<>(
                config,
                registry,
                Topics.ALERT_ACTIONS,
                (key, partition, offset, timestampMs, action) -> take(key, action),
                Clock.systemUTC());
    }

    /** Starts to read. */
    public static AlertActions follow(PlimsollConfig config, SchemaRegistryClient registry) {
        AlertActions actions = new AlertActions(config, registry);
        actions.follower.start();
        return actions;
    }

    private void take(String target, @Nullable AlertAction action) {
        if (action == null) {
            byTarget.remove(target);
        } else {
            byTarget.put(target, action);
        }
    }

    /** By target. */
    public Map<String, AlertAction> all() {
        return new TreeMap<>(byTarget);
    }

    /** What was last done about a target; null: nothing. */
    public @Nullable AlertAction on(String target) {
        return byTarget.get(target);
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
