package io.plimsoll.topology.markets;

import java.util.Comparator;

/**
 * Which of a slice's reports it is; the later, the greater.
 *
 * @param epoch of the slice, rises each time it is taken up by a task
 * @param number rises with each report of the epoch
 */
record ReportNumber(long epoch, long number) implements Comparable<ReportNumber> {

    private static final Comparator<ReportNumber> ORDER =
            Comparator.comparingLong(ReportNumber::epoch).thenComparingLong(ReportNumber::number);

    @Override
    public int compareTo(ReportNumber other) {
        return ORDER.compare(this, other);
    }
}
