package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.alerts.StreamPosition;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The board and then every change of it, as server-sent events. */
final class AlertStreamRoute implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertStreamRoute.class);
    private static final int MOST_WAITING = 1_000;
    /** Well below the time after which the server and most proxies take a silent connection for dead. */
    private static final long HEARTBEAT_MS = Duration.ofSeconds(10).toMillis();

    private final Supplier<AlertDelivery> delivery;
    private final int mostReaders;
    private final Semaphore places;
    private final Map<AlertReader, Thread> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * The route.
     *
     * @param delivery may be a problem until the board is read
     */
    AlertStreamRoute(Supplier<AlertDelivery> delivery, int mostReaders) {
        this.delivery = delivery;
        this.mostReaders = mostReaders;
        this.places = new Semaphore(mostReaders);
    }

    void addTo(Operations routes) {
        routes.add(AlertOperations.STREAM, this::open);
    }

    /** Readers at present. */
    int readers() {
        return mostReaders - places.availablePermits();
    }

    private void open(Context context) {
        AlertQuery query = AlertQuery.of(context);
        StreamPosition position = position(context);
        ReadersView view = ReadersView.of(context);
        // Here a problem is still an answer.
        view.of("");
        AlertDelivery from = delivery.get();
        if (closed || !places.tryAcquire()) {
            throw Problem.tooMany("all " + mostReaders
                    + " places for readers of the stream are taken (alerts.streamClients); ask another instance or"
                    + " again later");
        }
        context.contentType("text/event-stream; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        try {
            AlertReader reader =
                    new AlertReader(from.feed(), query, position, view, stream(context), MOST_WAITING, HEARTBEAT_MS);
            context.future(() -> {
                start(reader, context.req().getAsyncContext());
                // Never completed: when the reader has gone, there is no longer a request that could be ended by it.
                return new CompletableFuture<Void>();
            });
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    private void start(AlertReader reader, AsyncContext exchange) {
        Thread thread = new Thread(() -> read(reader, exchange), "plimsoll-alert-reader");
        thread.setDaemon(true);
        readers.put(reader, thread);
        thread.start();
        if (closed) {
            close();
        }
    }

    private void read(AlertReader reader, AsyncContext exchange) {
        try {
            reader.run();
        } finally {
            readers.remove(reader);
            places.release();
            try {
                exchange.complete();
            } catch (IllegalStateException e) {
                LOG.debug("The reader had gone before: {}", e.getMessage());
            }
        }
    }

    private static OutputStream stream(Context context) {
        try {
            return context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable StreamPosition position(Context context) {
        String header = context.header("Last-Event-ID");
        String text = header == null ? context.queryParam("lastEventId") : header;
        try {
            return text == null || text.isBlank() ? null : StreamPosition.of(text.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.badBody(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
        readers.forEach((reader, thread) -> {
            reader.end("the server stops");
            thread.interrupt();
        });
    }
}
