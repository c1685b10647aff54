package io.plimsoll.topology.markets;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.risk.SideSums;
import io.plimsoll.risk.VenueLines;
import io.plimsoll.topology.LargeReports;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.LadderChunk;
import io.plimsoll.topology.avro.RungReport;
import io.plimsoll.topology.avro.SideReport;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The markets' books and the store that they are rebuilt from: per market and slice one row of sums, and one row per
 * ladder chunk.
 *
 * <p>Where processing is at least once, whoever stops may leave the first rows of a report in the store without the rest,
 * and reads again what it has taken up before. So a report with ladders first writes that it begins and its sums last,
 * and each is taken up once: a book is never put together from two moments.
 */
final class BookStore {

    /** Cannot be part of a market's name: control characters are refused in keys. */
    private static final char END = '\u0000';

    private static final char AFTER_END = '\u0001';
    private static final char BEGUN = 'B';
    private static final char SUMS = 'S';
    private static final char CHUNK = 'C';

    private final KeyValueStore<String, BookReport> store;
    private final Map<String, MarketBook> bookByMarket = new HashMap<>();
    private final Map<Integer, Long> epochBySlice = new HashMap<>();

    BookStore(KeyValueStore<String, BookReport> store) {
        this.store = store;
        try (KeyValueIterator<String, BookReport> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, BookReport> entry = all.next();
                BookReport row = entry.value;
                epochBySlice.merge(row.getSlice(), row.getEpoch(), Math::max);
                MarketBook book = book(row.getMarket());
                if (entry.key.equals(rowPrefix(row.getMarket(), row.getSlice()) + BEGUN)) {
                    book.begin(row.getSlice(), number(row)); // its key comes before its sums'
                } else if (row.getLongs() != null) {
                    book.put(row.getSlice(), part(row));
                }
                for (LadderChunk chunk : row.getChunks()) {
                    book.replaceChunk(entry.key, chunk.getLadder(), rungs(chunk));
                }
            }
        }
    }

    /** Markets that have a book. */
    Set<String> markets() {
        return bookByMarket.keySet();
    }

    MarketBook book(String market) {
        return bookByMarket.computeIfAbsent(market, m -> new MarketBook());
    }

    /**
     * Takes a report; false where it is void because the slice has since been taken up by another task, and where what it
     * says of a market is in its book already.
     */
    boolean isNews(BookReport report) {
        long known = epochBySlice.merge(report.getSlice(), report.getEpoch(), Math::max);
        if (report.getEpoch() != known) {
            return false;
        }
        MarketBook.Part part = report.getMarket() == null
                ? null
                : book(report.getMarket()).parts().get(report.getSlice());
        return part == null || part.number().compareTo(number(report)) < 0;
    }

    /** Puts what a report says of a market in the place of what its slice said before. */
    void apply(BookReport report) {
        String market = report.getMarket();
        MarketBook book = book(market);
        MarketBook.Part before = book.parts().get(report.getSlice());
        if (LargeReports.isIn(report)) {
            book.begin(report.getSlice(), number(report));
            store.put(rowPrefix(market, report.getSlice()) + BEGUN, row(report, market, null, null, List.of()));
        }
        if (report.getWhole()) {
            dropChunks(market, report.getSlice());
        }
        for (LadderChunk chunk : report.getChunks()) {
            String key = rowPrefix(market, report.getSlice()) + CHUNK + chunk.getLadder() + chunk.getNumber();
            book.replaceChunk(key, chunk.getLadder(), rungs(chunk));
            store.put(key, chunk.getRungs().isEmpty() ? null : chunkRow(report, chunk));
        }
        long bookTimeMs = Math.max(report.getBookTimeMs(), before == null ? 0 : before.bookTimeMs());
        BookReport sums = row(report, market, report.getLongs(), report.getShorts(), List.of());
        sums.setBookTimeMs(bookTimeMs);
        sums.setSquaredLots(report.getSquaredLots());
        sums.setLargestLots(report.getLargestLots());
        sums.setVenueReported(report.getVenueReported());
        sums.setLinesCompared(report.getLinesCompared());
        sums.setLinesApart(report.getLinesApart());
        LargeReports.write(
                sums, before == null || LargeReports.isIn(report) ? LargeReports.read(report) : before.largest());
        book.put(report.getSlice(), part(sums));
        store.put(rowPrefix(market, report.getSlice()) + SUMS, sums);
    }

    /**
     * Empties what a slice said in an older epoch and has not said again, now that it has reported all.
     *
     * @return markets that this changed
     */
    Set<String> emptyOlderThan(BookReport allReported) {
        int slice = allReported.getSlice();
        Set<String> changed = new HashSet<>();
        bookByMarket.forEach((market, book) -> {
            MarketBook.Part part = book.parts().get(slice);
            if (part != null && part.number().epoch() < allReported.getEpoch()) {
                changed.add(market);
            }
        });
        for (String market : changed) {
            SideReport none = new SideReport(0, 0L, 0L, 0L, 0L, 0L);
            BookReport nothing = row(allReported, market, none, none, List.of());
            nothing.setWhole(true);
            nothing.setSquaredLots(ByteBuffer.wrap(BigInteger.ZERO.toByteArray()));
            LargeReports.write(nothing, LargestPositions.NONE);
            apply(nothing);
        }
        return changed;
    }

    private void dropChunks(String market, int slice) {
        List<KeyValue<String, BookReport>> rows = new ArrayList<>();
        String prefix = rowPrefix(market, slice) + CHUNK;
        try (KeyValueIterator<String, BookReport> range = store.range(prefix, prefix + Character.MAX_VALUE)) {
            range.forEachRemaining(rows::add);
        }
        for (KeyValue<String, BookReport> row : rows) {
            LadderChunk chunk = row.value.getChunks().get(0);
            book(market).replaceChunk(row.key, chunk.getLadder(), List.of());
            store.delete(row.key);
        }
    }

    private static String rowPrefix(String market, int slice) {
        return market + END + slice + AFTER_END;
    }

    private static BookReport chunkRow(BookReport report, LadderChunk chunk) {
        return row(report, report.getMarket(), null, null, List.of(chunk));
    }

    /** A row of a report's slice and epoch. Avro's builders would copy all of the report, for each of its chunks. */
    private static BookReport row(
            BookReport report,
            String market,
            @Nullable SideReport longs,
            @Nullable SideReport shorts,
            List<LadderChunk> chunks) {
        return new BookReport(
                report.getSlice(),
                report.getEpoch(),
                report.getNumber(),
                report.getEventTimeMs(),
                market,
                false,
                false,
                0L,
                longs,
                shorts,
                ByteBuffer.wrap(new byte[0]),
                List.of(),
                0,
                0,
                0,
                List.of(),
                0L,
                chunks);
    }

    private static MarketBook.Part part(BookReport row) {
        return new MarketBook.Part(
                number(row),
                new BookSums(
                        side(row.getLongs()),
                        side(row.getShorts()),
                        new BigInteger(bytes(row.getSquaredLots())),
                        row.getLargestLots(),
                        new VenueLines(row.getVenueReported(), row.getLinesCompared(), row.getLinesApart())),
                row.getBookTimeMs(),
                LargeReports.read(row));
    }

    private static ReportNumber number(BookReport report) {
        return new ReportNumber(report.getEpoch(), report.getNumber());
    }

    private static SideSums side(@Nullable SideReport side) {
        return side == null
                ? SideSums.NONE
                : new SideSums(
                        side.getPositions(),
                        side.getLots(),
                        side.getEntryAmount(),
                        side.getCashMicroUsd(),
                        side.getSettleCash(),
                        side.getUnliquidatableLots());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static List<Ladder.Rung> rungs(LadderChunk chunk) {
        List<Ladder.Rung> rungs = new ArrayList<>(chunk.getRungs().size());
        for (RungReport rung : chunk.getRungs()) {
            rungs.add(rung(rung));
        }
        return rungs;
    }

    static Ladder.Rung rung(RungReport report) {
        return new Ladder.Rung(
                report.getBucket(),
                report.getLongLots(),
                report.getShortLots(),
                report.getLongPositions(),
                report.getShortPositions());
    }
}
