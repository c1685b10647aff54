package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.feed.FeedConnection;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What one connection is to bring. The venue takes ten messages a second and 1024 streams; so streams are asked for many at
 * a time, a few times a second. The ping asks what the connection is subscribed to, and what is missing is asked for again.
 */
final class Subscriptions {

    /** The venue's own pings are answered by the client; this one makes it speak where nothing else does. */
    static final String PING = "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":0}";

    private static final int MOST_STREAMS = 1_024;
    private static final int STREAMS_AT_ONCE = 50;
    private static final int LONGEST_MESSAGE = 3_000;
    private static final long PAUSE_MS = 250;

    final FeedConnection connection;

    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> waiting = new LinkedHashSet<>();
    private int leftOut;
    private long nextMs;
    private int lastId;

    Subscriptions(FeedConnection connection) {
        this.connection = connection;
    }

    /** Sets what is to come over the connection. */
    void want(Collection<String> streams) {
        wanted.clear();
        streams.stream().limit(MOST_STREAMS).forEach(wanted::add);
        leftOut = streams.size() - wanted.size();
        waiting.retainAll(wanted);
        wanted.stream().filter(stream -> !asked.contains(stream)).forEach(waiting::add);
        Set<String> unwanted = new LinkedHashSet<>(asked);
        unwanted.removeAll(wanted);
        if (!unwanted.isEmpty()) {
            asked.removeAll(unwanted);
            connection.send(message("UNSUBSCRIBE", unwanted));
        }
    }

    /** Connects, pings and subscribes as far as it is due. */
    void step(long nowMs) {
        connection.step(nowMs);
        if (connection.isOpen() && nowMs >= nextMs && !waiting.isEmpty()) {
            nextMs = nowMs + PAUSE_MS;
            Set<String> some = new LinkedHashSet<>();
            int length = 0;
            for (Iterator<String> next = waiting.iterator(); next.hasNext() && some.size() < STREAMS_AT_ONCE; ) {
                String stream = next.next();
                length += stream.length() + 3;
                if (length > LONGEST_MESSAGE) {
                    break;
                }
                some.add(stream);
                next.remove();
            }
            asked.addAll(some);
            connection.send(message("SUBSCRIBE", some));
        }
    }

    void opened(long nowMs) {
        connection.opened(nowMs);
        asked.clear();
        waiting.addAll(wanted);
    }

    /** The venue says what the connection is subscribed to. */
    void listed(JsonNode streams) {
        Set<String> held = new HashSet<>();
        streams.forEach(stream -> held.add(stream.asText()));
        if (asked.retainAll(held)) {
            want(new LinkedHashSet<>(wanted));
        }
    }

    /** How many streams there was no room for. */
    int leftOut() {
        return leftOut;
    }

    private String message(String method, Set<String> streams) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("method", method);
        ArrayNode params = message.putArray("params");
        streams.forEach(params::add);
        return message.put("id", ++lastId).toString();
    }
}
