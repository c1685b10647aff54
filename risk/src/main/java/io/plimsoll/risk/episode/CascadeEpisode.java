package io.plimsoll.risk.episode;

import io.plimsoll.risk.MicroUsd;

/**
 * A time in which far more was forced to trade than is usual.
 *
 * @param startMinute minute it begins in, counted from the epoch
 * @param endMinute its last busy minute so far
 * @param peakMinute its busiest minute, the first of equals
 * @param peakMicroUsd forced volume of that, millionths of a US dollar
 * @param forced all of it, first to last busy minute, quieter ones in between included
 * @param busyMicroUsd volume from which a minute is busy, millionths of a US dollar
 * @param thresholdMicroUsd volume within the window that made it an episode, millionths of a US dollar
 * @param backgroundMicroUsd usual volume per minute when it began, millionths of a US dollar
 * @param backgroundHours hours that the usual was taken from, count; 0: the floor alone decided
 * @param overMs event time at which it is over unless a busy minute comes before, epoch milliseconds
 * @param isOver whether that has passed
 */
public record CascadeEpisode(
        long startMinute,
        long endMinute,
        long peakMinute,
        long peakMicroUsd,
        ForcedMinute forced,
        long busyMicroUsd,
        long thresholdMicroUsd,
        double backgroundMicroUsd,
        int backgroundHours,
        long overMs,
        boolean isOver) {

    /** Event time of its first forced trade, epoch milliseconds; known to the first busy minute, no finer. */
    public long startMs() {
        return forced.firstMs();
    }

    /** Event time of its last forced trade, epoch milliseconds. */
    public long endMs() {
        return forced.lastMs();
    }

    /** Whether both had a minute in common, or less than a given number of minutes between them. */
    public boolean isWithin(CascadeEpisode other, int minutes) {
        return startMinute <= other.endMinute + minutes && other.startMinute <= endMinute + minutes;
    }

    /** Forced volume of the busiest minute, US dollars. */
    public double peakUsd() {
        return MicroUsd.toUsd(peakMicroUsd);
    }

    /** Which side was forced more; longs where both are equal. Longs being sold drive a price down. */
    public boolean isDown() {
        return forced.longMicroUsd() >= forced.shortMicroUsd();
    }
}
