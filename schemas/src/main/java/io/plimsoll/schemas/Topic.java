package io.plimsoll.schemas;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A topic of Plimsoll's contract.
 *
 * @param name full name, prefix included
 * @param direction whether Plimsoll reads or writes it
 * @param keyShape how the key, a UTF-8 string, is made up
 * @param valueType Avro record of the value
 * @param cleanup what Kafka may remove
 * @param retention how long records are kept where cleanup deletes; null where it does not
 * @param inUse false for topics whose contract is reserved for a later version: these are not created
 * @param purpose what it holds, in a few words
 */
public record Topic<V extends SpecificRecord>(
        String name,
        Direction direction,
        String keyShape,
        Class<V> valueType,
        Cleanup cleanup,
        @Nullable Duration retention,
        boolean inUse,
        String purpose) {

    /** Who writes the topic. */
    public enum Direction {
        IN,
        OUT
    }

    /** Kafka's cleanup policy. */
    public enum Cleanup {
        COMPACT("compact"),
        DELETE("delete"),
        COMPACT_AND_DELETE("compact,delete");

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }

        /** The value of Kafka's {@code cleanup.policy}. */
        public String policy() {
            return policy;
        }
    }

    /** Largest record that topics take, bytes: a dead letter wraps a record of the broker's largest size. */
    public static final int MAX_RECORD_BYTES = 32 * 1024 * 1024;

    public Topic {
        if ((retention == null) != (cleanup == Cleanup.COMPACT)) {
            throw new IllegalArgumentException(name + ": a retention is needed where, and only where, records expire");
        }
    }

    /** Kafka topic settings that follow from the catalogue. */
    public Map<String, String> kafkaConfig() {
        Map<String, String> config = new HashMap<>();
        config.put("cleanup.policy", cleanup.policy());
        if (retention != null) {
            config.put("retention.ms", Long.toString(retention.toMillis()));
        }
        config.put("max.message.bytes", Integer.toString(MAX_RECORD_BYTES));
        return config;
    }
}
