package io.plimsoll.connectors.feed;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A connection that tells what goes and comes over it, to either side of which it stands as the other. */
final class TracedSocket implements WebSocket, WebSocket.Listener {

    private final String id;
    private final WebSocket.Listener listener;
    private final Traffic traffic;
    private volatile WebSocket socket;

    TracedSocket(String id, WebSocket.Listener listener, Traffic traffic) {
        this.id = id;
        this.listener = listener;
        this.traffic = traffic;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        traffic.connected(id, opened);
        listener.onOpen(this);
        traffic.told(id);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        CompletionStage<?> done = listener.onText(this, data, last);
        traffic.received();
        return done;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        CompletionStage<?> done = listener.onBinary(this, data, last);
        traffic.received();
        return done;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        CompletionStage<?> done = listener.onPing(this, message);
        traffic.received();
        return done;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        CompletionStage<?> done = listener.onPong(this, message);
        traffic.ponged(id, message);
        return done;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        CompletionStage<?> done = listener.onClose(this, statusCode, reason);
        traffic.closed(id);
        return done;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        listener.onError(this, error);
        traffic.closed(id);
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
        traffic.sending();
        return sent(socket.sendText(data, last));
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
        traffic.sending();
        return sent(socket.sendBinary(data, last));
    }

    private CompletableFuture<WebSocket> sent(CompletableFuture<WebSocket> sending) {
        CompletableFuture<WebSocket> sent = new CompletableFuture<>();
        sending.whenComplete((done, failure) -> {
            TracedHttpClient.pass(sent, this, failure);
            traffic.sent();
        });
        return sent;
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
        throw new UnsupportedOperationException("only the test pings in the way of the protocol");
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
        return socket.sendPong(message);
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int statusCode, String reason) {
        traffic.closed(id);
        return socket.sendClose(statusCode, reason);
    }

    @Override
    public void request(long n) {
        socket.request(n);
    }

    @Override
    public String getSubprotocol() {
        return socket.getSubprotocol();
    }

    @Override
    public boolean isOutputClosed() {
        return socket.isOutputClosed();
    }

    @Override
    public boolean isInputClosed() {
        return socket.isInputClosed();
    }

    @Override
    public void abort() {
        socket.abort();
        traffic.closed(id);
    }
}
