package io.plimsoll.connectors.feed;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one WebSocket connection up: opens it, pings, gives it up when it is silent, and opens it again after a jittered
 * wait. What comes from a connection that was given up is told apart by {@link #isCurrent}.
 */
public final class FeedConnection {

    private final Supplier<WebSocketLink> opener;
    private final Backoff backoff;
    private final Heartbeat heartbeat;
    private final @Nullable String ping;

    private @Nullable WebSocketLink link;
    private boolean open;
    private long openAtMs;

    /**
     * @param opener begins to connect
     * @param ping text to send as a ping, in the venue's own words; null: it is the venue that pings
     */
    public FeedConnection(Supplier<WebSocketLink> opener, Backoff backoff, Heartbeat heartbeat, @Nullable String ping) {
        this.opener = opener;
        this.backoff = backoff;
        this.heartbeat = heartbeat;
        this.ping = ping;
        this.openAtMs = Long.MIN_VALUE;
    }

    /** Does what is due. */
    public void step(long nowMs) {
        WebSocketLink current = link;
        if (current == null) {
            if (nowMs >= openAtMs) {
                heartbeat.start(nowMs);
                link = opener.get();
            }
        } else if (heartbeat.isSilent(nowMs)) {
            // One that does not even open is given up in the same way.
            current.giveUp("nothing came for " + (nowMs - heartbeat.heardMs()) + " ms");
        } else if (ping != null && open && heartbeat.pingDue(nowMs)) {
            current.send(ping);
        }
    }

    /** Whether the next step opens a connection. */
    public boolean isDue(long nowMs) {
        return link == null && nowMs >= openAtMs;
    }

    /** Gives the connection up, such as one that the venue is about to close; another is opened after a wait. */
    public void renew(String reason) {
        WebSocketLink current = link;
        if (current != null) {
            current.giveUp(reason);
        }
    }

    /** Whether it is the connection that counts. */
    public boolean isCurrent(WebSocketLink which) {
        return which == link;
    }

    /** The connection has opened: what is wanted can be subscribed to. */
    public void opened(long nowMs) {
        open = true;
        heartbeat.start(nowMs);
    }

    /** Something has come; only then is the connection taken for a good one. */
    public void heard(long nowMs) {
        heartbeat.heard(nowMs);
        backoff.succeeded();
    }

    /** The connection has ended; the next is opened after a wait. */
    public void closed(long nowMs) {
        link = null;
        open = false;
        openAtMs = nowMs + backoff.nextMs();
    }

    public boolean isOpen() {
        return open;
    }

    /** Sends a text if the connection is open. */
    public void send(String text) {
        WebSocketLink current = link;
        if (current != null && open) {
            current.send(text);
        }
    }

    /** Ends it for good. */
    public void close() {
        renew("the task has stopped");
    }
}
