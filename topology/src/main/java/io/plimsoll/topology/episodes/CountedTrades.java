package io.plimsoll.topology.episodes;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SeenLiquidation;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Says what a record adds to its minute: a trade counts with its first record, a liquidation with its first trade.
 *
 * <p>An entry knows the offset of the record that made it. So a record that is read again after a crash meets its own
 * entry, and is told what it was told the first time.
 */
final class CountedTrades {

    private static final char END = '\u0000';
    private static final String TRADE = "t";
    private static final String LIQUIDATION = "l";

    private final KeyValueStore<String, SeenLiquidation> store;
    private final long memoryMs;

    CountedTrades(KeyValueStore<String, SeenLiquidation> store, long memoryMs) {
        this.store = store;
        this.memoryMs = memoryMs;
    }

    /**
     * What the record adds.
     *
     * @param newestMs event time of the market's newest record, epoch milliseconds: ids older than the memory are void
     */
    ForcedMinute of(Liquidation liquidation, RoutedRecord record, long newestMs) {
        boolean isLong = liquidation.getPositionSide() == PositionSide.LONG;
        String tradeId = liquidation.getTradeId();
        if (tradeId != null) {
            SeenLiquidation first = first(record, TRADE, tradeId, isLong, newestMs);
            if (!isOf(first, record)) {
                return duplicate(liquidation, first.getIsLong() != isLong);
            }
        }
        long microUsd = microUsd(liquidation);
        String liquidationId = liquidation.getLiquidationId();
        boolean isNew = true;
        long largest = microUsd;
        if (liquidationId != null) {
            isNew = isOf(first(record, LIQUIDATION, liquidationId, isLong, newestMs), record);
            long minute = ForcedMinute.minuteOf(record.getEventTimeMs());
            largest = sumWithin(minute + END + liquidationId, record, isLong, microUsd, newestMs);
        }
        return new ForcedMinute(
                isLong ? microUsd : 0,
                isLong ? 0 : microUsd,
                isNew ? 1 : 0,
                1,
                largest,
                tradeId == null ? 1 : 0,
                0,
                0,
                liquidation.getCensored(),
                record.getEventTimeMs(),
                record.getEventTimeMs());
    }

    /** Forced volume, millionths of a US dollar. */
    static long microUsd(Liquidation liquidation) {
        Double notional = liquidation.getNotionalUsd();
        return notional != null
                ? MicroUsd.of(notional)
                : MicroUsd.of(liquidation.getQuantity(), liquidation.getPrice(), liquidation.getQuotePriceUsd());
    }

    private static ForcedMinute duplicate(Liquidation liquidation, boolean otherSide) {
        return new ForcedMinute(
                0, 0, 0, 0, 0, 0, 1, otherSide ? 1 : 0, liquidation.getCensored(), Long.MAX_VALUE, Long.MIN_VALUE);
    }

    private SeenLiquidation first(RoutedRecord record, String kind, String id, boolean isLong, long newestMs) {
        String key = record.getKey() + END + kind + END + id;
        SeenLiquidation seen = store.get(key);
        if (seen != null && !isVoid(seen, newestMs)) {
            return seen;
        }
        SeenLiquidation its = entry(record, isLong, 0);
        store.put(key, its);
        return its;
    }

    private long sumWithin(String id, RoutedRecord record, boolean isLong, long microUsd, long newestMs) {
        String key = record.getKey() + END + id;
        @Nullable SeenLiquidation seen = store.get(key);
        if (seen == null || isVoid(seen, newestMs)) {
            store.put(key, entry(record, isLong, microUsd));
            return microUsd;
        }
        boolean isIn = seen.getPartition() == record.getPartition() && seen.getNewestOffset() >= record.getOffset();
        if (!isIn) {
            seen.setMicroUsd(ForcedMinute.capped(seen.getMicroUsd(), microUsd));
            seen.setPartition(record.getPartition());
            seen.setNewestOffset(record.getOffset());
            store.put(key, seen);
        }
        return seen.getMicroUsd();
    }

    private static SeenLiquidation entry(RoutedRecord record, boolean isLong, long microUsd) {
        return new SeenLiquidation(
                record.getEventTimeMs(),
                record.getPartition(),
                record.getOffset(),
                record.getOffset(),
                isLong,
                microUsd);
    }

    private static boolean isOf(SeenLiquidation seen, RoutedRecord record) {
        return seen.getPartition() == record.getPartition() && seen.getOffset() == record.getOffset();
    }

    private boolean isVoid(SeenLiquidation seen, long newestMs) {
        return newestMs - seen.getEventTimeMs() > memoryMs;
    }

    /** Forgets ids that are void; takes the event time of a market's newest record. */
    void forget(ToLongFunction<String> newestMs) {
        try (KeyValueIterator<String, SeenLiquidation> all = store.all()) {
            while (all.hasNext()) {
                var row = all.next();
                String market = row.key.substring(0, row.key.indexOf(END));
                if (isVoid(row.value, newestMs.applyAsLong(market))) {
                    store.delete(row.key);
                }
            }
        }
    }
}
