package io.plimsoll.topology.intake;

import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.avro.FeedReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How the records of each venue come on one partition of an input topic. */
final class FeedCounts {

    /** Venues above which no more are counted: a broken feed may make up as many as it likes. */
    private static final int MOST_VENUES = 1_000;

    private final String topic;
    private final Map<String, Counts> byVenue = new TreeMap<>();

    private static final class Counts {
        private long lastReadMs;
        private long newestEventMs = Long.MIN_VALUE;
        private long skewMs;
        private int records;
        private int deadLetters;
    }

    /** @param topic name of the topic without prefix */
    FeedCounts(String topic) {
        this.topic = topic;
    }

    void accepted(String key, long eventTimeMs, long nowMs) {
        Counts counts = counts(key);
        if (counts != null) {
            counts.records++;
            counts.lastReadMs = nowMs;
            if (eventTimeMs >= counts.newestEventMs) {
                counts.newestEventMs = eventTimeMs;
                counts.skewMs = eventTimeMs - nowMs;
            }
        }
    }

    /** A record that cannot be used: it is none that would end a silence. */
    void refused(String key) {
        Counts counts = counts(key);
        if (counts != null) {
            counts.records++;
            counts.deadLetters++;
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
            if (counts.records > 0 && counts.newestEventMs != Long.MIN_VALUE) {
                reports.add(new FeedReport(
                        topic + Keys.SEPARATOR + venue,
                        partition,
                        counts.lastReadMs,
                        counts.newestEventMs,
                        counts.skewMs,
                        counts.records,
                        counts.deadLetters));
                counts.records = 0;
                counts.deadLetters = 0;
            }
        });
        return reports;
    }
}
