package io.plimsoll.topology.survey;

import io.plimsoll.risk.survey.SurveyRow;
import io.plimsoll.risk.survey.SurveySum;
import io.plimsoll.topology.avro.SurveyReport;
import io.plimsoll.topology.avro.SurveyedTotals;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The newest finished look of every slice. In memory alone: each slice looks again before long, whether anything has changed
 * or not.
 */
final class SliceLooks {

    private final int slices;
    private final Map<Integer, SortedMap<String, SurveyRow>> unfinished = new HashMap<>();
    private final Map<Integer, Look> finished = new TreeMap<>();

    private record Look(long beganMs, long asOfMs, SurveySum sum) {}

    SliceLooks(int slices) {
        this.slices = slices;
    }

    /** Takes a part of a look; true where it ends it. */
    boolean take(SurveyReport report) {
        SortedMap<String, SurveyRow> rows = unfinished.computeIfAbsent(report.getSlice(), slice -> new TreeMap<>());
        String market = report.getMarket();
        if (market != null) {
            rows.put(market, SurveyReports.row(Objects.requireNonNull(report.getRow())));
            return false;
        }
        SurveyedTotals totals = Objects.requireNonNull(report.getTotals());
        SurveySum sum = new SurveySum(rows, SurveyReports.totals(totals));
        finished.put(report.getSlice(), new Look(report.getBeganMs(), report.getAsOfMs(), sum));
        unfinished.remove(report.getSlice());
        return true;
    }

    /** What all slices add up to; null where one has not finished a look yet. */
    @Nullable
    SurveySum sum() {
        if (finished.size() < slices) {
            return null;
        }
        SurveySum sum = SurveySum.NONE;
        for (Look look : finished.values()) {
            sum = sum.plus(look.sum());
        }
        return sum;
    }

    /** Event time up to which the looks go, epoch milliseconds. */
    long asOfMs() {
        return finished.values().stream().mapToLong(Look::asOfMs).max().orElse(0);
    }

    /** Event time at which the oldest look began, epoch milliseconds. */
    long beganMs() {
        return finished.values().stream().mapToLong(Look::beganMs).min().orElse(0);
    }
}
