package io.plimsoll.server.http;

import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams of events, each of which goes on until its reader leaves: a thread and one of so many places for each. */
final class EventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    /** Writes to one reader until he is gone. */
    interface Reader extends Runnable {

        /** Sends him away; his thread is to be interrupted. */
        void end(String reason);
    }

    private final String threads;
    private final int mostReaders;
    private final String setting;
    private final Semaphore places;
    private final Map<Reader, Thread> readers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Streams of one kind.
     *
     * @param threads name of their threads
     * @param setting by which the most readers are set
     */
    EventStreams(String threads, int mostReaders, String setting) {
        this.threads = threads;
        this.mostReaders = mostReaders;
        this.setting = setting;
        this.places = new Semaphore(mostReaders);
    }

    /**
     * Answers a request with a stream.
     *
     * @param reader makes who writes it
     */
    void open(Context context, Function<OutputStream, Reader> reader) {
        if (closed || !places.tryAcquire()) {
            throw Problem.tooMany("all " + mostReaders + " places for readers of the stream are taken (" + setting
                    + "); ask another instance or again later");
        }
        context.contentType(EventText.TYPE + "; charset=utf-8")
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no");
        try {
            Reader writing = reader.apply(stream(context));
            Runnable run = CallersCredentials.carriedOver(writing);
            context.future(() -> {
                start(writing, run, context.req().getAsyncContext());
                // Never completed: when the reader has gone, there is no longer a request that could be ended by it.
                return new CompletableFuture<Void>();
            });
        } catch (RuntimeException e) {
            places.release();
            throw e;
        }
    }

    private void start(Reader reader, Runnable run, AsyncContext exchange) {
        Thread thread = new Thread(() -> read(reader, run, exchange), threads);
        thread.setDaemon(true);
        thread.setPriority(HttpServer.PRIORITY);
        readers.put(reader, thread);
        thread.start();
        if (closed) {
            close();
        }
    }

    private void read(Reader reader, Runnable run, AsyncContext exchange) {
        try {
            run.run();
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

    @Override
    public void close() {
        closed = true;
        readers.forEach((reader, thread) -> {
            reader.end("the server stops");
            thread.interrupt();
        });
    }
}
