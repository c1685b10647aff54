package io.plimsoll.connectors.feed;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket connection, from opening to closing. Puts into the inbox: one {@code Opened}, then messages, then one
 * {@code Closed}; or one {@code Closed} alone. It reads ahead a bounded number of messages only. Pings of the protocol are
 * answered by the JDK's client.
 */
public final class WebSocketLink implements WebSocket.Listener {

    private static final int READ_AHEAD = 256;
    private static final int LONGEST_MESSAGE = 32 * 1024 * 1024;

    private final Inbox inbox;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final StringBuilder partial = new StringBuilder();
    private volatile @Nullable WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);

    private WebSocketLink(Inbox inbox) {
        this.inbox = inbox;
    }

    /** Begins to connect. */
    public static WebSocketLink open(HttpClient client, URI uri, Duration timeout, Inbox inbox) {
        WebSocketLink link = new WebSocketLink(inbox);
        var unused = client.newWebSocketBuilder()
                .connectTimeout(timeout)
                .buildAsync(uri, link)
                .whenComplete((opened, failure) -> {
                    if (failure != null) {
                        link.ended(HttpCalls.reason(failure));
                    }
                });
        return link;
    }

    /** Sends a text after those before it; a failure closes the connection. */
    public synchronized void send(String text) {
        WebSocket open = socket;
        if (open != null && !closed.get()) {
            sent = sent.thenCompose(before -> open.sendText(text, true)).whenComplete((done, failure) -> {
                if (failure != null) {
                    ended("cannot send: " + HttpCalls.reason(failure));
                }
            });
        }
    }

    /** Gives the connection up at once; its {@code Closed} comes to the inbox if it has not already. */
    public void giveUp(String reason) {
        ended(reason);
    }

    void requestOne() {
        WebSocket open = socket;
        if (open != null) {
            open.request(1);
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        if (closed.get()) {
            opened.abort();
            return;
        }
        inbox.put(new FeedEvent.Opened(this));
        opened.request(READ_AHEAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (partial.length() + data.length() > LONGEST_MESSAGE) {
            ended("a message longer than " + LONGEST_MESSAGE + " characters");
            return null;
        }
        if (!last) {
            partial.append(data);
            from.request(1);
        } else if (partial.isEmpty()) {
            inbox.put(new FeedEvent.Message(this, data.toString()));
        } else {
            inbox.put(new FeedEvent.Message(this, partial.append(data).toString()));
            partial.setLength(0);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended("closed by the venue, code " + code + (reason.isEmpty() ? "" : ", " + reason));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        ended(HttpCalls.reason(failure));
    }

    private void ended(String reason) {
        if (closed.compareAndSet(false, true)) {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
            inbox.put(new FeedEvent.Closed(this, reason));
        }
    }
}
