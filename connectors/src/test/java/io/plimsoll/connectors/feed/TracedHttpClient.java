package io.plimsoll.connectors.feed;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A client that tells what is under way. What it has brought is with the task before it is no longer under way. */
final class TracedHttpClient extends HttpClient {

    private final HttpClient client;
    private final Traffic traffic;

    TracedHttpClient(HttpClient client, Traffic traffic) {
        this.client = client;
        this.traffic = traffic;
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler) {
        String id = traffic.request();
        HttpRequest known = HttpRequest.newBuilder(request, (name, value) -> true)
                .header(Traffic.ID, id)
                .build();
        CompletableFuture<HttpResponse<T>> answered = new CompletableFuture<>();
        client.sendAsync(known, responseBodyHandler).whenComplete((response, failure) -> {
            pass(answered, response, failure);
            traffic.answered(id);
        });
        return answered;
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return new TracedBuilder(client.newWebSocketBuilder());
    }

    /** What waits for the one runs before this returns. */
    static <T> void pass(CompletableFuture<T> to, T value, Throwable failure) {
        if (failure == null) {
            to.complete(value);
        } else {
            to.completeExceptionally(failure);
        }
    }

    private final class TracedBuilder implements WebSocket.Builder {

        private final WebSocket.Builder builder;

        private TracedBuilder(WebSocket.Builder builder) {
            this.builder = builder;
        }

        @Override
        public WebSocket.Builder header(String name, String value) {
            builder.header(name, value);
            return this;
        }

        @Override
        public WebSocket.Builder connectTimeout(Duration timeout) {
            builder.connectTimeout(timeout);
            return this;
        }

        @Override
        public WebSocket.Builder subprotocols(String mostPreferred, String... lesserPreferred) {
            builder.subprotocols(mostPreferred, lesserPreferred);
            return this;
        }

        @Override
        public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
            String id = traffic.handshake();
            TracedSocket traced = new TracedSocket(id, listener, traffic);
            CompletableFuture<WebSocket> built = new CompletableFuture<>();
            builder.header(Traffic.ID, id).buildAsync(uri, traced).whenComplete((socket, failure) -> {
                pass(built, traced, failure);
                if (failure != null) {
                    traffic.told(id);
                }
            });
            return built;
        }
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> responseBodyHandler)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("a task never waits for an answer");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> responseBodyHandler,
            HttpResponse.PushPromiseHandler<T> pushPromiseHandler) {
        throw new UnsupportedOperationException("nothing is pushed");
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }
}
