package io.plimsoll.connectors.dydx;

import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.ForcedTrades;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.avro.Liquidation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Forced trades of one task's markets: as they come over the connection, and by request what came while there was none. The
 * request is made some time after, since the servers that answer are behind those that speak.
 */
final class Trades {

    static final String KIND = "trades";

    /** How long after a connection is there it is asked what came before. */
    private static final long ASK_AFTER_MS = 15_000;

    /** How much further back than the end of the connection: its silence may have begun before. */
    private static final long MARGIN_MS = 120_000;

    private static final int PAGE = 1_000;

    private static final class Tape {

        private final ForcedTrades forced;
        /** Newest trade that came whole with the subscription, epoch milliseconds; an answer without it is too old. */
        private long newestMs;

        private long askFromMs = Long.MAX_VALUE;
        private long beforeMs = Long.MAX_VALUE;
        private boolean isAsked;

        Tape(ForcedTrades forced) {
            this.forced = forced;
        }
    }

    private final String venue;
    private final SourceOffsets offsets;
    private final long knownMs;
    private final Map<String, Tape> byTicker = new LinkedHashMap<>();

    /** @param knownMs until when an earlier task has seen all, epoch milliseconds; now, where there was none */
    Trades(String venue, SourceOffsets offsets, long knownMs) {
        this.venue = venue;
        this.offsets = offsets;
        this.knownMs = knownMs;
    }

    /** A market's trades are to be subscribed to. */
    void follow(String ticker) {
        byTicker.computeIfAbsent(ticker, name -> new Tape(new ForcedTrades(venue, name, offsets, knownMs)));
    }

    void leave(String ticker) {
        byTicker.remove(ticker);
    }

    /** From now on trades may be missed. */
    void interrupted(String ticker, long nowMs) {
        Tape tape = byTicker.get(ticker);
        if (tape != null) {
            tape.forced.interrupted(nowMs);
            tape.askFromMs = Long.MAX_VALUE;
        }
    }

    /** The subscription is there, with the newest trades. */
    void subscribed(String ticker, List<Trade> newest, long nowMs, FeedOutput output) {
        Tape tape = byTicker.get(ticker);
        if (tape != null) {
            tape.newestMs = newest.stream().mapToLong(Trade::timeMs).max().orElse(0);
            tape.askFromMs = nowMs + ASK_AFTER_MS;
            tape.beforeMs = Long.MAX_VALUE;
            write(ticker, tape, newest, output);
        }
    }

    /** Trades have come over the connection. */
    void came(String ticker, List<Trade> trades, FeedOutput output) {
        Tape tape = byTicker.get(ticker);
        if (tape != null) {
            write(ticker, tape, trades, output);
        }
    }

    /** The question that is due, if there is one. */
    Optional<HttpCall> next(long nowMs) {
        for (Map.Entry<String, Tape> entry : byTicker.entrySet()) {
            Tape tape = entry.getValue();
            if (!tape.forced.isComplete() && !tape.isAsked && nowMs >= tape.askFromMs) {
                String before = tape.beforeMs == Long.MAX_VALUE
                        ? ""
                        : "&createdBeforeOrAt="
                                + encoded(Instant.ofEpochMilli(tape.beforeMs).toString());
                String target = "/trades/perpetualMarket/" + encoded(entry.getKey()) + "?limit=" + PAGE + before;
                return Optional.of(HttpCall.get(KIND, entry.getKey(), target, 1, nowMs));
            }
        }
        return Optional.empty();
    }

    void asked(String ticker, boolean isAsked) {
        Tape tape = byTicker.get(ticker);
        if (tape != null) {
            tape.isAsked = isAsked;
        }
    }

    /** The venue has answered the question asked at that time. */
    void answered(String ticker, List<Trade> page, long askedMs, long nowMs, FeedOutput output) {
        Tape tape = byTicker.get(ticker);
        if (tape == null) {
            return;
        }
        tape.isAsked = false;
        write(ticker, tape, page, output);
        if (askedMs < tape.askFromMs || tape.forced.isComplete()) {
            // An answer to a question of before the last cut.
            return;
        }
        boolean isFirst = tape.beforeMs == Long.MAX_VALUE;
        if (isFirst && page.stream().mapToLong(Trade::timeMs).max().orElse(0) < tape.newestMs) {
            tape.askFromMs = nowMs + ASK_AFTER_MS;
            return;
        }
        long oldestMs = page.stream().mapToLong(Trade::timeMs).min().orElse(Long.MIN_VALUE);
        boolean isEnd = page.isEmpty() || oldestMs >= tape.beforeMs;
        if (isEnd || oldestMs <= tape.forced.completeToMs(nowMs) - MARGIN_MS) {
            tape.forced.caughtUp();
        } else {
            tape.beforeMs = oldestMs;
        }
    }

    /** Until when no market's trades are missing, epoch milliseconds. */
    long completeToMs(long nowMs) {
        return byTicker.values().stream()
                .mapToLong(tape -> tape.forced.completeToMs(nowMs))
                .min()
                .orElse(nowMs);
    }

    /** Markets some of whose trades are missing since before a time. */
    int missing(long beforeMs, long nowMs) {
        return (int) byTicker.values().stream()
                .filter(tape -> tape.forced.completeToMs(nowMs) < beforeMs)
                .count();
    }

    private void write(String ticker, Tape tape, List<Trade> trades, FeedOutput output) {
        for (Trade trade : trades) {
            Liquidation liquidation = trade.liquidation(venue, ticker);
            if (liquidation != null) {
                tape.forced.add(liquidation, trade.id(), trade.timeMs(), output);
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
