package io.plimsoll.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Those who ask the program over HTTP: readers of the event stream, and requests at a steady rate, of the kinds that the page and
 * dashboards make. They share the process, and its processors, with what they ask.
 */
final class ApiClients implements AutoCloseable {

    private static final int THREADS = 2;
    /** Each has a connection of its own: more of them would only measure how connections are opened. */
    private static final int MOST_UNDER_WAY = 64;

    private static final int SEEDS = 11;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HIGHEST_NANOS = 600_000_000_000L;

    /** Each as often as it stands here, as the page and dashboards ask; markets are put in by popularity. */
    private static final List<String> PATHS = List.of(
            "/api/v1/markets/%s",
            "/api/v1/markets/%s",
            "/api/v1/markets/%s",
            "/api/v1/markets/%s/ladder",
            "/api/v1/markets/%s/windows?size=1m&limit=60&metrics=openInterest",
            "/api/v1/markets",
            "/api/v1/system",
            "/api/v1/tipping-points",
            "/api/v1/accounts?sort=distance&limit=100",
            "/api/v1/alerts");

    /** Every second stream is of alerts, the others of a market's states, as the page opens them. */
    private static final List<String> STREAMS =
            List.of("/api/v1/alerts/stream", "/api/v1/states/stream?markets=%s&subjects=system");

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, ApiClients::thread);
    /** Its own thread has the priority of the one that makes it. */
    private final HttpClient client = CompletableFuture.supplyAsync(
                    () -> HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .executor(threads)
                            .build(),
                    threads)
            .join();

    private final SplittableRandom random = new SplittableRandom(SEEDS);
    private final Histogram nanos = new ConcurrentHistogram(HIGHEST_NANOS, 3);
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong answeredBytes = new AtomicLong();
    private final Semaphore places = new Semaphore(MOST_UNDER_WAY);
    private final AtomicInteger openStreams = new AtomicInteger();
    private final AtomicLong streamLines = new AtomicLong();
    private final List<CompletableFuture<?>> streams = new ArrayList<>();
    private final URI server;

    ApiClients(URI server) {
        this.server = server;
    }

    /** In earnest they sit at other machines: they are not to take from the topology what they would not take there. */
    private static Thread thread(Runnable task) {
        Thread thread = new Thread(
                () -> {
                    LeftOverTime.only();
                    task.run();
                },
                "bench-http");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    }

    /** Opens that many event streams, and returns when all are open. */
    void openStreams(int count) {
        for (int i = 0; i < count; i++) {
            HttpRequest request = HttpRequest.newBuilder(address(STREAMS.get(i % STREAMS.size())))
                    .header("Accept", "text/event-stream")
                    .build();
            streams.add(client.sendAsync(request, head -> {
                if (head.statusCode() == 200) {
                    openStreams.incrementAndGet();
                }
                return BodySubscribers.fromLineSubscriber(new Lines());
            }));
        }
        Waiting.until(count + " event streams are open", () -> openStreams.get() == count);
    }

    /** Makes requests at a steady rate until it is time to stop, and returns when all are answered. */
    void askUntil(double perSecond, BooleanSupplier stop) {
        long started = System.nanoTime();
        for (long asked = 0; !stop.getAsBoolean(); asked++) {
            long due = started + (long) (asked * 1e9 / perSecond);
            Pace.until(due);
            ask(due);
        }
        Waiting.until("all requests are answered", () -> places.availablePermits() == MOST_UNDER_WAY);
    }

    private void ask(long dueNanos) {
        // As browsers do; nobody unpacks it here, which is not the server's work.
        HttpRequest request = HttpRequest.newBuilder(address(PATHS.get(random.nextInt(PATHS.size()))))
                .header("Accept-Encoding", "gzip")
                .timeout(PATIENCE)
                .build();
        // Who waits for a place is late from when his request was due, which counts.
        places.acquireUninterruptibly();
        client.sendAsync(request, BodyHandlers.ofByteArray()).whenComplete((answer, failure) -> {
            nanos.recordValue(System.nanoTime() - dueNanos);
            if (failure != null || answer.statusCode() != 200) {
                failures.incrementAndGet();
            } else {
                answeredBytes.addAndGet(answer.body().length);
            }
            places.release();
        });
    }

    private URI address(String path) {
        return server.resolve(
                path.replace("%s", BenchMarkets.VENUE + ":" + BenchMarkets.symbol(BenchMarkets.byPopularity(random))));
    }

    /** Whether a thread of that name does the work of those who ask. */
    static boolean isClient(String thread) {
        return thread.startsWith("bench-http")
                || thread.startsWith("bench-asking")
                || thread.startsWith("HttpClient-")
                || thread.startsWith("ForkJoinPool.commonPool-");
    }

    /** Bytes of all bodies, as they came, since the last call of {@link #reset}. */
    long answeredBytes() {
        return answeredBytes.get();
    }

    /** From now on it is counted. */
    void reset() {
        nanos.reset();
        answeredBytes.set(0);
        streamLines.set(0);
    }

    /** Nanoseconds from when a request was due until all of its answer was there. */
    Histogram nanos() {
        return nanos;
    }

    /** Requests that were not answered, or not with 200. */
    long failures() {
        return failures.get();
    }

    /** Lines that the event streams brought, over all of them. */
    long streamLines() {
        return streamLines.get();
    }

    /** Event streams that are open. */
    int streams() {
        return openStreams.get();
    }

    /** Leaves all event streams. */
    void closeStreams() {
        streams.forEach(stream -> stream.cancel(true));
    }

    @Override
    public void close() {
        closeStreams();
        threads.shutdownNow();
    }

    private final class Lines implements Flow.Subscriber<String> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            streamLines.incrementAndGet();
        }

        @Override
        public void onError(Throwable failure) {
            openStreams.decrementAndGet();
        }

        @Override
        public void onComplete() {
            openStreams.decrementAndGet();
        }
    }
}
