package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.WholeAccounts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All borrowers of one task's range of addresses: gone through page by page, again and again. Whoever was there and is not
 * among them any more after a whole round has paid his debts, and is withdrawn.
 */
final class Borrowers {

    private static final int BUCKETS = 4096;
    private static final int HEX = 16;

    /** Hexadecimal digits of an address that say its bucket: 0x and these. */
    private static final int DIGITS_FROM = 2;

    private static final int DIGITS_TO = 5;

    private final String venue;
    private final Queries queries;
    private final FeedHealth health;
    private final WholeAccounts written;
    private final long everyMs;
    private final String beginning;
    private final String end;

    private final Set<String> seen = new HashSet<>();
    private Set<String> seenLast = Set.of();
    private String after;
    private long roundMs;
    private long blockMs;
    private boolean isAsked;
    private boolean isSomeoneUnread;
    private int withUnknown;
    private int withUnknownLast;
    private long finishedMs;

    Borrowers(AaveConfig config, Slice slice, Queries queries, SourceOffsets offsets, FeedHealth health, long nowMs) {
        this.venue = config.venue();
        this.queries = queries;
        this.health = health;
        this.everyMs = config.getLong(AaveConfig.ACCOUNTS_INTERVAL);
        this.written =
                new WholeAccounts(offsets, BUCKETS, Borrowers::bucket, config.getLong(AaveConfig.ACCOUNTS_REFRESH));
        int first = first(slice.index(), slice.count());
        int next = first(slice.index() + 1, slice.count());
        written.recall(bucket -> bucket >= first && bucket < next);
        this.beginning = bound(first);
        this.end = bound(next);
        this.after = beginning;
        this.finishedMs = nowMs;
    }

    private static int first(int index, int count) {
        return index * BUCKETS / count;
    }

    private static String bound(int bucket) {
        // Ids are lower-case hexadecimal; g comes after all of them.
        return bucket == BUCKETS ? "0xg" : "0x%03x".formatted(bucket);
    }

    /** Addresses beside each other share a bucket, so that a range of addresses is a range of buckets. */
    static int bucket(String id) {
        int bucket = 0;
        for (int i = DIGITS_FROM; i < DIGITS_TO; i++) {
            int digit = i < id.length() ? Character.digit(id.charAt(i), HEX) : -1;
            bucket = bucket * HEX + Math.max(0, digit);
        }
        return bucket;
    }

    /** The question that is due, if there is one. */
    Optional<HttpCall> next(long nowMs) {
        return isAsked || nowMs < roundMs ? Optional.empty() : Optional.of(queries.borrowers(after, end, nowMs));
    }

    void asked(boolean asked) {
        isAsked = asked;
    }

    /**
     * Takes a page.
     *
     * @param timeMs of the block that it is of, epoch milliseconds
     */
    void take(JsonNode users, Map<String, Reserve> reserves, long timeMs, long nowMs, FeedOutput output) {
        isAsked = false;
        if (after.equals(beginning)) {
            roundMs = nowMs;
            isSomeoneUnread = false;
            withUnknown = 0;
            seen.clear();
        }
        blockMs = Math.max(blockMs, timeMs);
        String last = after;
        for (JsonNode user : users) {
            String id = user.path("id").asText();
            last = id.compareTo(last) > 0 ? id : last;
            seen.add(id);
            try {
                take(Borrower.of(user), reserves, timeMs, nowMs, output);
            } catch (FeedFormatException e) {
                isSomeoneUnread = true;
                health.malformed("a borrower", e, user.toString(), nowMs);
            }
        }
        if (users.size() < queries.page() || last.equals(after)) {
            finish(nowMs, output);
        } else {
            after = last;
        }
    }

    private void take(Borrower borrower, Map<String, Reserve> reserves, long timeMs, long nowMs, FeedOutput output) {
        if (borrower.holdsUnknown(reserves)) {
            // Half an account is another account.
            withUnknown++;
            return;
        }
        written.write(
                borrower.id(),
                borrower.owes() ? borrower.records(venue, reserves, timeMs / 1_000) : List.of(),
                borrower.lines(reserves),
                timeMs,
                nowMs,
                output);
    }

    private void finish(long nowMs, FeedOutput output) {
        for (String id : written.held()) {
            if (!seen.contains(id)) {
                written.write(id, List.of(), "", blockMs, nowMs, output);
            }
        }
        seenLast = Set.copyOf(seen);
        withUnknownLast = withUnknown;
        finishedMs = nowMs;
        after = beginning;
        roundMs += everyMs;
    }

    /** Borrowers that the last whole round has found. */
    int count() {
        return seenLast.size();
    }

    /** Borrowers who wait for a round to be finished: all, where none was for twice the time. */
    int late(long nowMs) {
        return nowMs - finishedMs > 2 * everyMs ? Math.max(1, count()) : 0;
    }

    /** Whether there is anyone of the round under way who could not be read. */
    boolean isSomeoneUnread() {
        return isSomeoneUnread;
    }

    /** Borrowers of the last round who hold something of reserves that could not be read, and were left as they were. */
    int withUnknownReserves() {
        return withUnknownLast;
    }
}
