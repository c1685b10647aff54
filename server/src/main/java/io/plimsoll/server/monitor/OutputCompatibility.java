package io.plimsoll.server.monitor;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the schema registry hold the policy of schema evolution for the output topics: docs/schemas.md. */
public final class OutputCompatibility {

    /** A new schema reads what every earlier one of its subject has written. */
    public static final String LEVEL = "BACKWARD_TRANSITIVE";

    /** Levels that ask for no less. */
    private static final Set<String> ENOUGH = Set.of(LEVEL, "FULL_TRANSITIVE");

    private static final Logger LOG = LoggerFactory.getLogger(OutputCompatibility.class);
    private static final int CONFLICT = 409;

    private OutputCompatibility() {}

    /**
     * Registers the schemas of all output topics and sets their subjects to {@value #LEVEL}, where they are set to less or
     * not at all. A registry that does not let us is left as it is, with a warning.
     *
     * @throws StartException when the registry finds a schema incompatible with earlier ones of its subject
     */
    public static void ensure(SchemaRegistryClient registry) {
        for (Topic<?> topic : Topics.inUse()) {
            if (topic.direction() == Topic.Direction.OUT) {
                ensure(registry, topic);
            }
        }
    }

    private static void ensure(SchemaRegistryClient registry, Topic<?> topic) {
        String subject = topic.name() + "-value";
        try {
            // Some registries know no compatibility of a subject that is not there yet.
            registry.register(subject, new AvroSchema(AvroSerdes.schemaOf(topic.valueType())));
            if (!ENOUGH.contains(level(registry, subject))) {
                registry.updateCompatibility(subject, LEVEL);
            }
        } catch (RestClientException e) {
            if (e.getStatus() == CONFLICT) {
                throw new StartException(
                        "the schema registry refuses the schema of topic " + topic.name() + ": " + e.getMessage(), e);
            }
            warn(subject, e);
        } catch (IOException e) {
            warn(subject, e);
        }
    }

    private static void warn(String subject, Exception e) {
        LOG.warn(
                "The registry did not let subject {} be set to {} ({}); schemaRegistry.setCompatibility: false"
                        + " leaves it to whoever looks after the registry",
                subject,
                LEVEL,
                e.getMessage());
    }

    /** The subject's own level; empty: it has none. */
    private static String level(SchemaRegistryClient registry, String subject) throws IOException {
        try {
            return String.valueOf(registry.getCompatibility(subject));
        } catch (RestClientException e) {
            return "";
        }
    }
}
