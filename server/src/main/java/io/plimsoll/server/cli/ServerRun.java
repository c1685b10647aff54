package io.plimsoll.server.cli;

import io.plimsoll.server.PlimsollServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a command that runs until it is stopped: what was opened is closed in reverse order, once, whether the
 * time is up, the monitor failed or a signal came. Installs the program's one shutdown hook.
 */
final class ServerRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerRun.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CompletableFuture<@Nullable Throwable> end = new CompletableFuture<>();

    ServerRun() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "plimsoll-shutdown"));
    }

    /** Takes over the closing of something. */
    synchronized <T extends AutoCloseable> T closing(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Ends the run with this failure. */
    void fail(Throwable error) {
        end.complete(error);
    }

    /** The run ends when the monitor stops by itself. */
    void endWith(PlimsollServer server) {
        CompletableFuture<Void> unused = server.failure().thenAccept(this::fail);
    }

    /**
     * Returns when the run is over.
     *
     * @param most ends it in good order after this time; null: only a signal or a failure does
     * @return the exit code
     */
    int await(@Nullable Duration most) {
        try {
            Throwable error = most == null ? end.get() : end.get(most.toMillis(), TimeUnit.MILLISECONDS);
            if (error != null) {
                LOG.error("Plimsoll stops: {}", error.toString());
            }
            return ExitCode.FAILURE;
        } catch (TimeoutException e) {
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILURE;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            AutoCloseable next = opened.pop();
            try {
                next.close();
            } catch (Exception e) {
                LOG.warn("Closing {} failed: {}", next.getClass().getSimpleName(), e.toString());
            }
        }
    }
}
