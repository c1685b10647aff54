package io.plimsoll.connectors.binance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of all that is asked for does not come, the worst first. */
final class Coverage {

    /** Marks come every second. */
    static final long LATE_MS = 30_000;

    private final Subscriptions marketStreams;
    private final Subscriptions depthStreams;
    private final Markets markets;
    private final Books books;
    private final Reference reference;
    private final Channels channels;

    Coverage(
            Subscriptions marketStreams,
            Subscriptions depthStreams,
            Markets markets,
            Books books,
            Reference reference,
            Channels channels) {
        this.marketStreams = marketStreams;
        this.depthStreams = depthStreams;
        this.markets = markets;
        this.books = books;
        this.reference = reference;
        this.channels = channels;
    }

    /**
     * What does not come; null where all does.
     *
     * @param late markets without a mark
     * @param lastProblem what last went wrong
     */
    @Nullable
    String missing(int late, String lastProblem, long nowMs) {
        if (!marketStreams.connection.isOpen()) {
            return "no connection for prices and liquidations: " + lastProblem;
        }
        if (!books.symbols().isEmpty() && !depthStreams.connection.isOpen()) {
            return "no connection for order books: " + lastProblem;
        }
        if (late > 0) {
            return late + " markets have had no mark for " + LATE_MS + " ms";
        }
        int leftOut = marketStreams.leftOut() + depthStreams.leftOut();
        if (leftOut > 0) {
            return leftOut + " streams are above the venue's limit of a connection: use more tasks";
        }
        int unsynced = books.unsynced();
        if (unsynced > 0) {
            return unsynced + " of " + books.symbols().size() + " order books wait for a snapshot";
        }
        int openInterestLate = markets.openInterestLate(nowMs);
        if (openInterestLate > 0) {
            return "open interest of " + openInterestLate + " markets is late: " + lastProblem;
        }
        List<String> unpriced = markets.unpriced();
        if (!unpriced.isEmpty()) {
            return "no price in dollars of what these are quoted in: " + String.join(", ", unpriced);
        }
        String missing = reference.missing();
        if (missing != null) {
            return missing;
        }
        return channels.lastError() == null ? null : "the venue says " + channels.lastError();
    }
}
