package io.plimsoll.connectors.feed;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes liquidations that a venue reports once and does not repeat, each once. What was reported while nobody listened is
 * lost; that it is, every report of a minute that was not heard whole says.
 */
public final class LiquidationRecords {

    private static final String KIND = "liquidations";
    private static final String SEEN = "seen";
    private static final int MOST_SEEN = 32;
    private static final long MINUTE_MS = 60_000;

    /**
     * One report.
     *
     * @param positionSide of the position that was liquidated
     * @param size base units; of an inverse contract quote units of face value
     * @param price quote units per base unit, the bankruptcy price
     * @param timeMs epoch milliseconds
     */
    public record Report(
            String symbol,
            boolean isInverse,
            PositionSide positionSide,
            BigDecimal size,
            BigDecimal price,
            long timeMs) {

        /** @throws FeedFormatException if size or price is not above 0 */
        public Report {
            if (size.signum() <= 0 || price.signum() <= 0) {
                throw new FeedFormatException(
                        "a liquidation of " + size + " at " + price + ", allowed is more than 0 for both");
            }
        }

        /** What tells it from other reports of its market: the venue gives no id. */
        String content() {
            return timeMs + " " + positionSide + " " + size.toPlainString() + " " + price.toPlainString();
        }
    }

    private final String venue;
    private final SourceOffsets offsets;
    private final boolean isComplete;
    private final Map<String, Deque<String>> seen = new HashMap<>();

    private long heardWholeFromMs = Long.MIN_VALUE;

    /** @param isComplete whether the venue reports all of them while it is listened to */
    public LiquidationRecords(String venue, SourceOffsets offsets, boolean isComplete) {
        this.venue = venue;
        this.offsets = offsets;
        this.isComplete = isComplete;
    }

    /** Sets which markets there are; which of their liquidations were written last is read from the offsets. */
    public void set(Collection<String> symbols) {
        seen.keySet().removeIf(symbol -> !symbols.contains(symbol));
        List<String> added =
                symbols.stream().filter(symbol -> !seen.containsKey(symbol)).toList();
        Map<String, Map<String, String>> stored = offsets.of(KIND, added);
        for (String symbol : added) {
            String ids = stored.getOrDefault(symbol, Map.of()).getOrDefault(SEEN, "");
            seen.put(symbol, new ArrayDeque<>(ids.isEmpty() ? List.of() : List.of(ids.split(",", -1))));
        }
    }

    /** From now on they are heard again; before, some may have been missed. */
    public void heardAgain(long nowMs) {
        heardWholeFromMs = (Math.floorDiv(nowMs, MINUTE_MS) + 1) * MINUTE_MS;
    }

    /** Whether reports of this minute may have been missed. */
    public boolean isMinuteBroken(long nowMs) {
        return nowMs < heardWholeFromMs;
    }

    /**
     * Writes the reports of one message that have not been written before. Reports of equal content in one message are
     * several liquidations; in two messages they are one that was said twice.
     *
     * @return how many were written
     */
    public int write(List<Report> message, FeedOutput output) {
        int written = 0;
        Set<String> inMessage = new HashSet<>();
        for (Report report : message) {
            Deque<String> known = seen.get(report.symbol());
            if (known == null) {
                continue;
            }
            String content = report.content();
            int copy = 1;
            while (!inMessage.add(report.symbol() + " " + content + " " + copy)) {
                copy++;
            }
            String id = Fingerprint.of(content + " " + copy);
            if (!known.contains(id)) {
                known.addLast(id);
                if (known.size() > MOST_SEEN) {
                    known.removeFirst();
                }
                written++;
                output.add(
                        Topics.LIQUIDATIONS,
                        Keys.market(venue, report.symbol()),
                        report.timeMs(),
                        record(report, id),
                        offsets.mark(KIND, report.symbol(), Map.of(SEEN, String.join(",", known))));
            }
        }
        return written;
    }

    private Liquidation record(Report report, String id) {
        BigDecimal base =
                report.isInverse() ? report.size().divide(report.price(), MathContext.DECIMAL128) : report.size();
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(report.symbol())
                .setPositionSide(report.positionSide())
                .setQuantity(base.doubleValue())
                .setPrice(report.price().doubleValue())
                .setPriceKind(LiquidationPriceKind.BANKRUPTCY)
                .setCensored(!isComplete || report.timeMs() < heardWholeFromMs)
                .setTradeId(id)
                .setNotionalUsd(report.isInverse() ? (Double) report.size().doubleValue() : null)
                .build();
    }
}
