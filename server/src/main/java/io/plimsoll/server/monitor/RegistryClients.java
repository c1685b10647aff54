package io.plimsoll.server.monitor;

import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.server.config.PlimsollConfig.RegistryConfig;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Connects to the user's schema registry. */
public final class RegistryClients {

    private static final int CACHED_SCHEMAS_PER_SUBJECT = 1_000;

    private RegistryClients() {}

    /**
     * A client that was answered once.
     *
     * @throws StartException when the registry does not answer
     */
    public static SchemaRegistryClient connect(RegistryConfig config) {
        List<String> urls =
                Arrays.stream(config.url().split(",", -1)).map(String::trim).toList();
        SchemaRegistryClient client = new CachedSchemaRegistryClient(urls, CACHED_SCHEMAS_PER_SUBJECT, config.client());
        try {
            client.getAllSubjects();
        } catch (IOException | RestClientException e) {
            throw new StartException(
                    "the schema registry at " + config.url() + " (schemaRegistry.url) does not answer: "
                            + e.getMessage(),
                    e);
        }
        return client;
    }
}
