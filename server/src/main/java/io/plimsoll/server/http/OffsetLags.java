package io.plimsoll.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.streams.LagInfo;
import org.jspecify.annotations.Nullable;

/**
 * By how many records the parts of this instance are behind their changelogs. Kafka is asked for it, on a thread of its own
 * and at most once a second: nobody waits long for a figure that only describes the answer.
 */
final class OffsetLags {

    private static final long KEPT_NS = Duration.ofSeconds(1).toNanos();
    private static final long WAIT_MS = 200;

    private final Supplier<Map<String, Map<Integer, LagInfo>>> lags;
    private final ExecutorService asking = asking();
    private CompletableFuture<Map<String, Map<Integer, LagInfo>>> last = CompletableFuture.completedFuture(Map.of());
    private long askedNs = System.nanoTime() - 2 * KEPT_NS;

    OffsetLags(Supplier<Map<String, Map<Integer, LagInfo>>> lags) {
        this.lags = lags;
    }

    /** One thread, which ends when it has had nothing to do for a while. */
    private static ExecutorService asking() {
        ThreadPoolExecutor one =
                new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "plimsoll-offset-lags");
                    thread.setDaemon(true);
                    return thread;
                });
        one.allowCoreThreadTimeOut(true);
        return one;
    }

    /** Records that the part is behind; null: not known, as for stores without a changelog. */
    @Nullable
    Long lag(String store, int part) {
        try {
            LagInfo lag = newest().get(WAIT_MS, TimeUnit.MILLISECONDS)
                    .getOrDefault(store, Map.of())
                    .get(part);
            return lag == null ? null : (Long) lag.offsetLag();
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private synchronized CompletableFuture<Map<String, Map<Integer, LagInfo>>> newest() {
        long nowNs = System.nanoTime();
        if (last.isDone() && nowNs - askedNs > KEPT_NS) {
            askedNs = nowNs;
            last = CompletableFuture.supplyAsync(lags, asking);
        }
        return last;
    }
}
