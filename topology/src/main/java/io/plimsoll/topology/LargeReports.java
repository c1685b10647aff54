package io.plimsoll.topology;

import io.plimsoll.risk.LargePosition;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.risk.Side;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.LargeReport;
import java.util.ArrayList;
import java.util.List;

/** The largest positions of a book as they travel in its reports. */
public final class LargeReports {

    private LargeReports() {}

    /** Puts them into a report. */
    public static void write(BookReport report, LargestPositions largest) {
        List<LargeReport> reports = new ArrayList<>();
        for (Side side : Side.values()) {
            for (LargePosition position : largest.of(side)) {
                reports.add(new LargeReport(position.account(), side.sign() * position.lots(), position.bucket()));
            }
        }
        report.setLargest(reports);
        report.setCompleteFrom(largest.completeFrom());
    }

    /** Whether a report says them at all. */
    public static boolean isIn(BookReport report) {
        return report.getCompleteFrom() > 0;
    }

    /** Reads them; of a report that does not say them, that nothing is known. */
    public static LargestPositions read(BookReport report) {
        List<LargePosition> longs = new ArrayList<>();
        List<LargePosition> shorts = new ArrayList<>();
        for (LargeReport large : report.getLargest()) {
            (large.getLots() > 0 ? longs : shorts)
                    .add(new LargePosition(large.getAccount(), Math.abs(large.getLots()), large.getBucket()));
        }
        return new LargestPositions(longs, shorts, isIn(report) ? report.getCompleteFrom() : Long.MAX_VALUE);
    }
}
