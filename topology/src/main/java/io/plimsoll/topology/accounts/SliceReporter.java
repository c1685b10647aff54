package io.plimsoll.topology.accounts;

import io.plimsoll.risk.BookSums;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.SideSums;
import io.plimsoll.topology.LargeReports;
import io.plimsoll.topology.avro.BookLadder;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.LadderChunk;
import io.plimsoll.topology.avro.RungReport;
import io.plimsoll.topology.avro.SideReport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes the books of a slice as absolute values: a report lost or repeated leaves no trace once the next has come. */
final class SliceReporter {

    /** Key of reports that go to every market's task. */
    static final String TO_ALL = "";

    private final ProcessorContext<String, SpecificRecord> context;
    private final int slice;
    private final long epoch;
    private long nextNumber = 1;
    private boolean allReported;
    private long reportedUpToMs = -1;

    SliceReporter(ProcessorContext<String, SpecificRecord> context, int slice, long epoch) {
        this.context = context;
        this.slice = slice;
        this.epoch = epoch;
    }

    /**
     * Reports the books that changed, then how far the slice has come.
     *
     * @param withLadders whether ladders are due; what changed on them is kept until they are
     */
    void report(Map<String, AccountSlice.Book> books, long eventTimeMs, boolean withLadders) {
        boolean ladders = withLadders || !allReported;
        books.forEach((market, book) -> report(market, book, eventTimeMs, ladders));
        if (!allReported || eventTimeMs > reportedUpToMs) {
            progress(eventTimeMs, !allReported);
            allReported = true;
        }
    }

    /** Reports a book with its ladder, if either changed; says how many rungs were written. */
    int reportLadder(String market, AccountSlice.Book book, long eventTimeMs) {
        return report(market, book, eventTimeMs, true);
    }

    private int report(String market, AccountSlice.Book book, long eventTimeMs, boolean withLadder) {
        if (!book.changed && !(withLadder && book.ladderDue)) {
            return 0;
        }
        BookReport report = bookReport(market, book, eventTimeMs, withLadder);
        forward(market, report, eventTimeMs);
        book.ladderDue = !withLadder;
        book.changed = false;
        return report.getChunks().stream()
                .mapToInt(chunk -> chunk.getRungs().size())
                .sum();
    }

    /** Reports how far the slice has come, where no record has come since. */
    void progress(long eventTimeMs) {
        progress(eventTimeMs, false);
    }

    private void progress(long eventTimeMs, boolean first) {
        BookReport progress = blank(eventTimeMs);
        progress.setAllReported(first);
        forward(TO_ALL, progress, eventTimeMs);
        reportedUpToMs = eventTimeMs;
    }

    private void forward(String key, BookReport report, long eventTimeMs) {
        context.forward(new Record<>(key, report, eventTimeMs));
    }

    private BookReport bookReport(String market, AccountSlice.Book book, long eventTimeMs, boolean withLadders) {
        BookSums sums = book.sums.sums();
        BookReport report = blank(eventTimeMs);
        report.setMarket(market);
        report.setBookTimeMs(book.bookTimeMs);
        report.setLongs(side(sums.longs()));
        report.setShorts(side(sums.shorts()));
        report.setSquaredLots(ByteBuffer.wrap(sums.squaredLots().toByteArray()));
        report.setLargestLots(sums.largestLots());
        report.setVenueReported(sums.venueLines().used());
        report.setLinesCompared(sums.venueLines().compared());
        report.setLinesApart(sums.venueLines().apart());
        if (withLadders) {
            List<LadderChunk> chunks = new ArrayList<>();
            addChanged(chunks, book.sums.liquidation(), BookLadder.LIQUIDATION);
            addChanged(chunks, book.sums.bankruptcy(), BookLadder.BANKRUPTCY);
            addChanged(chunks, book.sums.equityLines(), BookLadder.EQUITY_LINE);
            addChanged(chunks, book.sums.sizes(), BookLadder.SIZE);
            report.setChunks(chunks);
            report.setWhole(book.whole);
            book.whole = false;
            LargeReports.write(report, book.sums.largest());
        }
        return report;
    }

    private BookReport blank(long eventTimeMs) {
        return new BookReport(
                slice,
                epoch,
                nextNumber++,
                eventTimeMs,
                null,
                false,
                false,
                0L,
                null,
                null,
                ByteBuffer.wrap(new byte[0]),
                List.of(),
                0,
                0,
                0,
                List.of(),
                0L,
                List.of());
    }

    private static SideReport side(SideSums sums) {
        return new SideReport(
                sums.positions(),
                sums.lots(),
                sums.entryAmount(),
                sums.cashMicroUsd(),
                sums.settleCash(),
                sums.unliquidatableLots());
    }

    private static void addChanged(List<LadderChunk> chunks, Ladder ladder, BookLadder sortedBy) {
        for (int number : ladder.takeChangedChunks()) {
            List<RungReport> rungs = new ArrayList<>();
            for (Ladder.Rung rung : ladder.chunk(number)) {
                rungs.add(new RungReport(
                        rung.bucket(), rung.longLots(), rung.shortLots(), rung.longPositions(), rung.shortPositions()));
            }
            chunks.add(new LadderChunk(sortedBy, number, rungs));
        }
    }
}
