package io.plimsoll.topology.order;

import java.util.stream.LongStream;

/**
 * Everything up to an event time has been processed: what is due then is to be done now.
 *
 * @param fromMs event time of the one before, epoch milliseconds; negative where there was none
 * @param toMs event time up to which nothing more comes, epoch milliseconds: the last of a second, or of a recording
 * @param hadRecords whether a record was processed since the one before. Where not, only time has passed, and how often
 *     that is said depends on how records arrived: nothing may be published for it
 */
public record SecondDone(long fromMs, long toMs, boolean hadRecords) {

    /** Length of the seconds, milliseconds. */
    public static final long SECOND_MS = 1_000;

    public SecondDone {
        if (toMs <= fromMs) {
            throw new IllegalArgumentException("toMs is " + toMs + ", allowed is more than fromMs, " + fromMs);
        }
    }

    /** The last millisecond of the second of an event time. */
    static long endOf(long eventTimeMs) {
        return Math.floorDiv(eventTimeMs, SECOND_MS) * SECOND_MS + SECOND_MS - 1;
    }

    /**
     * The last milliseconds of the whole seconds of event time that have passed since the one before; the first time the
     * last one alone. However often time is said to have passed, each second is in one of them.
     */
    public LongStream seconds() {
        long last = Math.floorDiv(toMs + 1, SECOND_MS);
        long first = fromMs < 0 ? last : Math.floorDiv(fromMs + 1, SECOND_MS) + 1;
        return LongStream.rangeClosed(first, last).map(second -> second * SECOND_MS - 1);
    }
}
