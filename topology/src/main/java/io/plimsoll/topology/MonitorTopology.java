package io.plimsoll.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.kafka.streams.Topology;

/** The whole monitor as one topology. */
public final class MonitorTopology {

    private MonitorTopology() {}

    /** Builds it: ACCOUNTS, MARKETS, SYSTEM and windows, over the topics of the catalogue. */
    public static Topology build(MonitorSettings settings, SchemaRegistryClient registry) {
        throw new UnsupportedOperationException("in the making");
    }
}
