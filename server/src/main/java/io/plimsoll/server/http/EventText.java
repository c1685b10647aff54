package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Server-sent events as they are written. */
final class EventText {

    static final String TYPE = "text/event-stream";

    /**
     * Also how soon it is seen that a reader has gone: nobody says so, the first write after it is still taken by his side,
     * which then refuses the next. His place is free after two of these.
     */
    static final long HEARTBEAT_MS = Duration.ofSeconds(2).toMillis();

    private EventText() {}

    /**
     * An event.
     *
     * @param id null: it has none
     */
    static byte[] event(String name, @Nullable String id, JsonNode data) {
        String text = (id == null ? "" : "id: " + id + "\n") + "event: " + name + "\ndata: " + data + "\n\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The last event, which says why it is the last. */
    static byte[] end(@Nullable String reason) {
        return event("end", null, JsonNodeFactory.instance.objectNode().put("reason", reason));
    }

    /** What readers pass over, so that nobody takes the connection for dead. */
    static byte[] heartbeat() {
        return ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    }
}
