package io.plimsoll.topology.intake;

import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.topology.avro.FeedReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How the records of each venue come on one partition of an input topic. */
final class FeedCounts {

    /** Wall-clock time between two reports. */
    static final Duration TOLD = Duration.ofSeconds(1);

    /** Venues above which no more are counted: a broken feed may make up as many as it likes. */
    private static final int MOST_VENUES = 1_000;

    /** Event time after which a market that is not reported any more is not counted. */
    private static final long FORGOTTEN_MS = Duration.ofMinutes(10).toMillis();

    private final String topic;
    private final Map<String, Counts> byVenue = new TreeMap<>();

    private static final class Counts {
        private long lastReadMs;
        private long newestEventMs = Long.MIN_VALUE;
        private long skewMs;
        private int records;
        private int deadLetters;
        private boolean isNew;
        private final Map<String, Seen> lookedAt = new HashMap<>();

        /** Markets of which something holds, of those that are reported; null where none is looked at. */
        private @Nullable Integer count(Predicate<Seen> what) {
            lookedAt.values().removeIf(seen -> seen.timeMs() < newestEventMs - FORGOTTEN_MS);
            return lookedAt.isEmpty()
                    ? null
                    : (Integer) (int) lookedAt.values().stream().filter(what).count();
        }
    }

    /** What a market's newest report was found to be, at an event time. */
    private record Seen(boolean frozen, boolean crossed, long timeMs) {}

    FeedCounts(Topic<?> topic) {
        this.topic = topic.name().substring(Topics.PREFIX.length());
    }

    void accepted(String key, long eventTimeMs, long nowMs) {
        Counts counts = counts(key);
        if (counts != null) {
            counts.records++;
            read(counts, eventTimeMs, nowMs);
        }
    }

    /** The state of a market's depth after a report that is counted elsewhere. */
    void depth(String market, DepthState state, long eventTimeMs, long nowMs) {
        looked(market, state == DepthState.FROZEN, state == DepthState.CROSSED, eventTimeMs, nowMs);
    }

    /** What a market's report, which is counted elsewhere, was found to be. */
    void looked(String market, boolean frozen, boolean crossed, long eventTimeMs, long nowMs) {
        Counts counts = counts(market);
        if (counts != null) {
            counts.lookedAt.put(market, new Seen(frozen, crossed, eventTimeMs));
            read(counts, eventTimeMs, nowMs);
        }
    }

    /** What a market's last report before a restart was found to be. */
    void restore(String market, boolean frozen, boolean crossed, long eventTimeMs) {
        Counts counts = counts(market);
        if (counts != null) {
            counts.lookedAt.put(market, new Seen(frozen, crossed, eventTimeMs));
        }
    }

    private static void read(Counts counts, long eventTimeMs, long nowMs) {
        counts.isNew = true;
        counts.lastReadMs = nowMs;
        if (eventTimeMs >= counts.newestEventMs) {
            counts.newestEventMs = eventTimeMs;
            counts.skewMs = eventTimeMs - nowMs;
        }
    }

    /** A record that cannot be used: it is none that would end a silence. */
    void refused(String key) {
        Counts counts = counts(key);
        if (counts != null) {
            counts.records++;
            counts.deadLetters++;
            counts.isNew = true;
        }
    }

    private @Nullable Counts counts(String key) {
        int end = key.indexOf(Keys.SEPARATOR);
        if (end < 1) {
            return null;
        }
        String venue = key.substring(0, end);
        Counts counts = byVenue.get(venue);
        if (counts == null && byVenue.size() < MOST_VENUES) {
            counts = new Counts();
            byVenue.put(venue, counts);
        }
        return counts;
    }

    /** What is to be told since this was last asked. */
    List<FeedReport> take(int partition) {
        List<FeedReport> reports = new ArrayList<>();
        byVenue.forEach((venue, counts) -> {
            if (counts.isNew && counts.newestEventMs != Long.MIN_VALUE) {
                reports.add(new FeedReport(
                        topic + Keys.SEPARATOR + venue,
                        partition,
                        counts.lastReadMs,
                        counts.newestEventMs,
                        counts.skewMs,
                        counts.records,
                        counts.deadLetters,
                        counts.count(Seen::frozen),
                        counts.count(Seen::crossed)));
                counts.isNew = false;
                counts.records = 0;
                counts.deadLetters = 0;
            }
        });
        return reports;
    }
}
