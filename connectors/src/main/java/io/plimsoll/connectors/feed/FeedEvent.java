package io.plimsoll.connectors.feed;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Something that the network has brought, taken up by a feed's one thread. */
public sealed interface FeedEvent {

    /** A connection has opened. */
    record Opened(WebSocketLink link) implements FeedEvent {}

    /** A connection has brought a text; {@link #done} lets the next one come. */
    record Message(WebSocketLink link, String text, AtomicBoolean isDone) implements FeedEvent {

        Message(WebSocketLink link, String text) {
            this(link, text, new AtomicBoolean());
        }

        /** The text has been dealt with. */
        public void done() {
            if (isDone.compareAndSet(false, true)) {
                link.requestOne();
            }
        }
    }

    /** A connection is closed, or could not be opened. */
    record Closed(WebSocketLink link, String reason) implements FeedEvent {}

    /**
     * A request was answered.
     *
     * @param retryAfterMs what the venue says how long to wait, milliseconds; null: it does not
     */
    record Answer(
            HttpCall call,
            int status,
            byte[] body,
            @Nullable Long retryAfterMs) implements FeedEvent {}

    /** A request was not answered. */
    record Unanswered(HttpCall call, String reason) implements FeedEvent {}
}
