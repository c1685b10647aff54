package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A part of a store that was read though it may not be up to date.
 *
 * @param instance where it was read
 * @param offsetLag records that it is behind its changelog; null: not known
 */
record StalePart(
        String instance,
        String store,
        int part,
        Role role,
        @Nullable Long offsetLag) {

    /** How far a copy may be behind and still count as whole; Kafka Streams moves work to copies that near. */
    private static final long NEAR = 10_000;

    /** What the part is to its instance. */
    enum Role {
        /** Its own, while work moves between instances or threads. */
        ACTIVE,
        /** Its own, being read back from Kafka: there may be less in it than there will be. */
        RESTORING,
        /** A copy of another's. */
        STANDBY
    }

    /** Whether every key is in it that there was a moment ago. */
    boolean isWhole() {
        return role == Role.ACTIVE || (role == Role.STANDBY && offsetLag != null && offsetLag <= NEAR);
    }

    /** Reads what {@link #json} has written. */
    static StalePart of(JsonNode part) {
        return new StalePart(
                part.path("instance").asText(),
                part.path("store").asText(),
                part.path("partition").asInt(),
                Role.valueOf(part.path("role").asText()),
                part.path("offsetLag").isNumber()
                        ? (Long) part.path("offsetLag").asLong()
                        : null);
    }

    /** Says in an answer that it was read here. */
    void addTo(ObjectNode answer) {
        answer.put("stale", true).set("servedBy", json());
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("instance", instance)
                .put("role", role.name())
                .put("store", store)
                .put("partition", part)
                .put("offsetLag", offsetLag);
    }
}
