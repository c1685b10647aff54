package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what a feed sees, and says how it is doing: at once when that changes, and at intervals. */
public final class FeedHealth {

    private static final Logger LOG = LoggerFactory.getLogger(FeedHealth.class);

    /** This many messages that cannot be read within the time below are no accident: the venue has changed its format. */
    static final int MALFORMED_FOR_DRIFT = 3;

    static final long MALFORMED_WITHIN_MS = 60_000;

    /** A venue may be ahead of our clock by this much before one of the two is taken to be wrong. */
    static final long CLOCK_AHEAD_MS = 10_000;

    private static final String STATUS = "status";

    /** What a feed covers now; see the fields of {@link FeedStatus}. */
    public record Coverage(int markets, int marketsLate, int accounts, int accountsLate) {}

    private final SourceOffsets offsets;
    private final String venue;
    private final String feed;
    private final String part;
    private final long everyMs;

    private final Deque<Long> malformedAtMs = new ArrayDeque<>();
    private String lastMalformed = "";
    private long clockWrongUntilMs = Long.MIN_VALUE;
    private long clockAheadMs;

    private FeedState state = FeedState.STALE;
    private String reason = "nothing has come yet";
    private long sinceMs;
    private long publishedMs = Long.MIN_VALUE;
    private boolean changed = true;

    private @Nullable Long lastMessageMs;
    private long messages;
    private long malformed;
    private long outOfOrder;
    private long gaps;
    private long connections;
    private long throttled;

    /** @param everyMs interval at which it is said though nothing has changed, milliseconds */
    public FeedHealth(String venue, FeedRuntime runtime, long everyMs) {
        this.offsets = runtime.offsets();
        this.venue = venue;
        this.feed = runtime.name();
        this.part = runtime.slice().toString();
        this.everyMs = everyMs;
        this.sinceMs = runtime.startMs();
    }

    /** A message or an answer has come. */
    public void message(long nowMs) {
        messages++;
        lastMessageMs = nowMs;
    }

    /** What has come could not be read. */
    public void malformed(String where, FeedFormatException problem, String text, long nowMs) {
        malformed++;
        lastMalformed = where + ": " + problem.getMessage();
        malformedAtMs.addLast(nowMs);
        LOG.warn("{}: {} cannot be read and is passed over: {}", venue, lastMalformed, VenueJson.shown(text));
    }

    /** What has come is older than, or the same as, what is known. */
    public void outOfOrder() {
        outOfOrder++;
    }

    /** Something was, or may have been, missed, and is asked for anew. */
    public void gap() {
        gaps++;
    }

    public void connected() {
        connections++;
    }

    public void throttled() {
        throttled++;
    }

    /** The venue has given a time of its own; one ahead of ours is remembered for a minute. */
    public void venueTime(long venueMs, long nowMs) {
        if (venueMs - nowMs > CLOCK_AHEAD_MS) {
            clockAheadMs = venueMs - nowMs;
            clockWrongUntilMs = nowMs + MALFORMED_WITHIN_MS;
        }
    }

    /**
     * Works out the state.
     *
     * @param stale why nothing comes, null where something does
     * @param partial what is missing, null where nothing is
     */
    public void judge(@Nullable String stale, @Nullable String partial, long nowMs) {
        while (!malformedAtMs.isEmpty() && nowMs - malformedAtMs.getFirst() > MALFORMED_WITHIN_MS) {
            malformedAtMs.removeFirst();
        }
        if (stale != null) {
            become(FeedState.STALE, stale, nowMs);
        } else if (malformedAtMs.size() >= MALFORMED_FOR_DRIFT) {
            become(
                    FeedState.DRIFT,
                    malformedAtMs.size() + " messages within a minute could not be read, the last one: "
                            + lastMalformed,
                    nowMs);
        } else if (nowMs < clockWrongUntilMs) {
            become(FeedState.DRIFT, "the venue's clock is " + clockAheadMs + " ms ahead of this machine's", nowMs);
        } else if (partial != null) {
            become(FeedState.PARTIAL, partial, nowMs);
        } else {
            become(FeedState.LIVE, "", nowMs);
        }
    }

    /** Writes the status if it has changed or is due. A new reason alone is no reason to write at once. */
    public void publish(Coverage coverage, long nowMs, FeedOutput output) {
        publish(coverage, nowMs, nowMs, output);
    }

    /**
     * Writes the status if it has changed or is due.
     *
     * @param completeToMs until when nothing is missing that a later task would have to ask for, epoch milliseconds
     */
    public void publish(Coverage coverage, long completeToMs, long nowMs, FeedOutput output) {
        if (!changed && nowMs - publishedMs < everyMs) {
            return;
        }
        changed = false;
        publishedMs = nowMs;
        FeedStatus status = FeedStatus.newBuilder()
                .setVenue(venue)
                .setFeed(feed)
                .setPart(part)
                .setState(state)
                .setReason(reason)
                .setSinceMs(sinceMs)
                .setLastMessageMs(lastMessageMs)
                .setMarkets(coverage.markets())
                .setMarketsLate(coverage.marketsLate())
                .setAccounts(coverage.accounts())
                .setAccountsLate(coverage.accountsLate())
                .setMessages(messages)
                .setMalformed(malformed)
                .setOutOfOrder(outOfOrder)
                .setGaps(gaps)
                .setConnections(connections)
                .setThrottled(throttled)
                .build();
        output.add(
                Topics.FEED_STATUS,
                venue + ":" + feed + ":" + part,
                nowMs,
                status,
                offsets.mark(STATUS, part, Map.of("time", Long.toString(Math.min(completeToMs, nowMs)))));
    }

    /** When a task of this feed last gave a sign of life, epoch milliseconds; 0: never. */
    public static long lastSeenMs(SourceOffsets offsets, int mostTasks) {
        List<String> parts = new ArrayList<>();
        for (int count = 1; count <= mostTasks; count++) {
            for (int index = 0; index < count; index++) {
                parts.add(new Slice(index, count).toString());
            }
        }
        return offsets.of(STATUS, parts).values().stream()
                .mapToLong(stored -> Long.parseLong(stored.getOrDefault("time", "0")))
                .max()
                .orElse(0);
    }

    /**
     * Until when nothing is missing of what the tasks that ran last were to read: what the furthest behind of them said last.
     *
     * @return epoch milliseconds; 0: none has run before
     */
    public static long completeToMs(SourceOffsets offsets, int mostTasks) {
        long newestMs = 0;
        long completeMs = 0;
        for (int count = 1; count <= mostTasks; count++) {
            List<String> parts = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                parts.add(new Slice(index, count).toString());
            }
            LongSummaryStatistics times = offsets.of(STATUS, parts).values().stream()
                    .mapToLong(stored -> Long.parseLong(stored.getOrDefault("time", "0")))
                    .summaryStatistics();
            if (times.getCount() > 0 && times.getMax() > newestMs) {
                newestMs = times.getMax();
                completeMs = times.getMin();
            }
        }
        return completeMs;
    }

    public FeedState state() {
        return state;
    }

    private void become(FeedState next, String why, long nowMs) {
        if (next != state) {
            state = next;
            sinceMs = nowMs;
            changed = true;
            LOG.info("{} {} {} is {} {}", venue, feed, part, next, why);
        }
        reason = why;
    }
}
