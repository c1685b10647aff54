package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.ForcedTrades;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forced trades by currency: as they come over the connection, and by request at intervals, after each cut, and when an
 * instrument's trade numbers have a gap.
 */
final class Trades {

    private static final int PAGE = 1_000;

    /** The venue answers for the last 24 hours, and with nothing at all where it is asked for more. */
    private static final long OLDEST_MS = 23 * 3_600_000L;

    /** How much further back than the end of the connection: its silence may have begun before. */
    private static final long MARGIN_MS = 120_000;

    private static final class Tape {

        private final ForcedTrades forced;
        private long dueMs;
        private long fromMs;
        private long interruptedMs;

        Tape(ForcedTrades forced) {
            this.forced = forced;
        }
    }

    private final String venue;
    private final Markets markets;
    private final FeedHealth health;
    private final long everyMs;
    private final Map<String, Tape> byCurrency = new LinkedHashMap<>();
    private final Map<String, Long> lastSequence = new HashMap<>();

    /** @param knownMs until when an earlier task has seen all, epoch milliseconds; now, where there was none */
    Trades(
            DeribitConfig config,
            List<String> currencies,
            Markets markets,
            FeedHealth health,
            SourceOffsets offsets,
            long knownMs) {
        this.venue = config.venue();
        this.markets = markets;
        this.health = health;
        this.everyMs = config.getLong(DeribitConfig.REFERENCE_INTERVAL);
        for (String currency : currencies) {
            Tape tape = new Tape(new ForcedTrades(venue, currency, offsets, knownMs));
            tape.fromMs = knownMs - MARGIN_MS;
            byCurrency.put(currency, tape);
        }
    }

    /** Currencies whose trades are this task's. */
    Set<String> currencies() {
        return byCurrency.keySet();
    }

    /** From now on trades may be missed. */
    void interrupted(long nowMs) {
        lastSequence.clear();
        byCurrency.values().forEach(tape -> interrupted(tape, nowMs));
    }

    private void interrupted(Tape tape, long nowMs) {
        tape.forced.interrupted(nowMs);
        tape.fromMs = Math.min(tape.fromMs, tape.forced.completeToMs(nowMs) - MARGIN_MS);
        tape.dueMs = nowMs;
        tape.interruptedMs = nowMs;
    }

    /** Asks for the trades of currencies for which that is due. */
    void ask(Rpc rpc, long nowMs) {
        byCurrency.forEach((currency, tape) -> {
            if (nowMs >= tape.dueMs) {
                tape.fromMs = Math.max(tape.fromMs, nowMs - OLDEST_MS);
                rpc.askOnce(
                        Rpc.TRADES,
                        currency,
                        Rpc.FUTURE,
                        params -> params.put("start_timestamp", tape.fromMs)
                                .put("count", PAGE)
                                .put("sorting", "asc"));
            }
        });
    }

    /** Trades have come over the connection. */
    void came(String currency, JsonNode list, long nowMs, FeedOutput output) {
        Tape tape = byCurrency.get(currency);
        if (tape == null) {
            return;
        }
        for (PublicTrade trade : PublicTrade.all(list)) {
            Long last = lastSequence.get(trade.instrument());
            if (last != null && trade.sequence() > last + 1) {
                health.gap();
                interrupted(tape, nowMs);
            }
            if (last == null || trade.sequence() > last) {
                lastSequence.put(trade.instrument(), trade.sequence());
            } else {
                health.outOfOrder();
            }
            write(tape, trade, output);
        }
    }

    /** The venue has answered the question asked at that time. */
    void answered(String currency, JsonNode result, long askedFromMs, long askedMs, long nowMs, FeedOutput output) {
        Tape tape = byCurrency.get(currency);
        if (tape == null) {
            return;
        }
        List<PublicTrade> trades = PublicTrade.all(VenueJson.list(result, "trades"));
        trades.forEach(trade -> write(tape, trade, output));
        if (askedFromMs != tape.fromMs || askedMs <= tape.interruptedMs) {
            // More has gone missing since it was asked.
            tape.dueMs = nowMs;
            return;
        }
        if (VenueJson.flag(result, "has_more") && !trades.isEmpty()) {
            long newest = trades.stream().mapToLong(PublicTrade::timeMs).max().orElse(askedFromMs);
            // A page that is full of one millisecond's trades must not come again for ever.
            tape.fromMs = newest > askedFromMs ? newest : newest + 1;
            tape.dueMs = nowMs;
        } else {
            tape.forced.caughtUp();
            tape.fromMs = askedMs - MARGIN_MS;
            tape.dueMs = nowMs + everyMs;
        }
    }

    private void write(Tape tape, PublicTrade trade, FeedOutput output) {
        Boolean isInverse = markets.isInverse(trade.instrument());
        if (trade.liquidated().isEmpty()) {
            return;
        }
        // One that was never listed is a future that has expired: those of dollars name no other currency.
        boolean inDollars = isInverse == null ? trade.instrument().indexOf('_') < 0 : isInverse;
        for (Liquidation liquidation : trade.liquidations(venue, inDollars)) {
            tape.forced.add(liquidation, trade.instrument() + "/" + liquidation.getTradeId(), trade.timeMs(), output);
        }
    }

    /** Until when no trades are missing, epoch milliseconds. */
    long completeToMs(long nowMs) {
        return byCurrency.values().stream()
                .mapToLong(tape -> tape.forced.completeToMs(nowMs))
                .min()
                .orElse(nowMs);
    }
}
