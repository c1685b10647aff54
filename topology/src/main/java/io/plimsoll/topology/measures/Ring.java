package io.plimsoll.topology.measures;

import io.plimsoll.topology.avro.MeasureSample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A market on one grid of event time: of each step what was seen first in it. The first, so that a step is final as soon as it
 * is begun: it is stored once, and what is read is the same however often it was stored and read back.
 */
final class Ring {

    private static final long NEVER = Long.MIN_VALUE;

    private final Grid grid;
    /** Which step is in which place. */
    private final long[] buckets;

    private final double[] values;
    private long newest = NEVER;

    Ring(Grid grid) {
        this.grid = grid;
        this.buckets = new long[grid.points()];
        this.values = new double[grid.points() * grid.series()];
        Arrays.fill(buckets, NEVER);
    }

    /** Whether a time begins a step that is newer than all. */
    boolean isDue(long timeMs) {
        return bucket(timeMs) > newest;
    }

    /** Puts in what was seen first in a step; the values of all series in order, of which the grid's are taken. */
    MeasureSample put(long timeMs, double[] all) {
        List<Double> kept = new ArrayList<>(grid.series());
        for (int i = 0; i < grid.series(); i++) {
            kept.add(all[i]);
        }
        MeasureSample sample = new MeasureSample(bucket(timeMs), kept);
        restore(sample);
        return sample;
    }

    /** Puts in a stored row. Rows of an older program know fewer series. */
    void restore(MeasureSample sample) {
        long bucket = sample.getBucket();
        int place = place(bucket);
        if (buckets[place] != NEVER && buckets[place] > bucket) {
            return;
        }
        buckets[place] = bucket;
        for (int i = 0; i < grid.series(); i++) {
            values[place * grid.series() + i] =
                    i < sample.getValues().size() ? sample.getValues().get(i) : Double.NaN;
        }
        newest = Math.max(newest, bucket);
    }

    /** Where a step's row is stored: there are as many as places. */
    int place(long bucket) {
        return (int) Math.floorMod(bucket, (long) buckets.length);
    }

    /** A series up to the newest step, the oldest first, NaN where nothing was seen; its length is that of the grid. */
    double[] values(Series series) {
        double[] read = new double[buckets.length];
        Arrays.fill(read, Double.NaN);
        for (int i = 0; newest != NEVER && i < read.length; i++) {
            long bucket = newest - (read.length - 1) + i;
            int place = place(bucket);
            if (buckets[place] == bucket) {
                read[i] = values[place * grid.series() + series.ordinal()];
            }
        }
        return read;
    }

    /** Beginning of the newest step, epoch milliseconds; {@link Long#MIN_VALUE} where there is none. */
    long newestMs() {
        return newest == NEVER ? NEVER : newest * grid.stepMs();
    }

    private long bucket(long timeMs) {
        return Math.floorDiv(timeMs, grid.stepMs());
    }
}
