package io.plimsoll.risk.alert;

import java.util.Arrays;

/**
 * What a metric was over one window: a ring of at most 240 buckets of event time, of each the first value seen in it.
 *
 * <p>The first, so that a bucket is final as soon as it is begun: it need be stored once, and what is read from the
 * ring is the same however often it was stored and read back. A value of one window before is known to one bucket.
 */
final class History {

    /** Most buckets of a window. */
    static final int MOST_BUCKETS = 240;

    /** Fewest samples from which a median or a rank is told. */
    static final int FEWEST_SAMPLES = 10;

    /** Which part of the window must be known for that. */
    static final int PART = 10;

    /** Median absolute deviation of a normal distribution to its standard deviation. */
    static final double NORMAL = 1.4826;

    private static final long NONE = Long.MIN_VALUE;

    private final long bucketMs;
    private final int buckets;
    /** By bucket number modulo length: the present bucket and a whole window before it; NaN where nothing was seen. */
    private final double[] values;

    private long newest = NONE;
    /** Newest value that has left the ring. */
    private double left = Double.NaN;

    private long leftBucket = NONE;
    private long measuredAt = NONE;
    private double[] sorted = {};
    private boolean enough;
    private double median;
    private double deviation;

    /** @param windowMs milliseconds, more than 0 */
    History(long windowMs) {
        bucketMs = (windowMs + MOST_BUCKETS - 1) / MOST_BUCKETS;
        buckets = (int) ((windowMs + bucketMs - 1) / bucketMs);
        values = new double[buckets + 1];
        Arrays.fill(values, Double.NaN);
    }

    /** One that goes on from a memory of the same window. */
    History(long windowMs, HistoryMemory memory) {
        this(windowMs);
        if (memory.values().size() != values.length) {
            throw new IllegalArgumentException("a window of " + windowMs + " ms has " + values.length
                    + " buckets, the memory has " + memory.values().size());
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = memory.values().get(i);
        }
        newest = memory.newest();
        left = memory.left();
        leftBucket = memory.leftBucket();
    }

    /**
     * Puts in a known value; true where it begins a bucket, so that the memory has changed. A time before the newest
     * bucket changes nothing.
     */
    boolean add(long asOfMs, double value) {
        long bucket = Math.floorDiv(asOfMs, bucketMs);
        if (bucket <= newest) {
            return false;
        }
        if (newest != NONE) {
            for (long next = newest + 1; next <= bucket && next <= newest + values.length; next++) {
                int slot = slot(next);
                if (!Double.isNaN(values[slot])) {
                    left = values[slot];
                    leftBucket = next - values.length;
                    values[slot] = Double.NaN;
                }
            }
        }
        newest = bucket;
        values[slot(bucket)] = value;
        return true;
    }

    /** What of a value is compared, NaN where the window does not say. The value is of the newest bucket. */
    double reading(Form form, double value) {
        return switch (form) {
            case LEVEL -> value;
            case CHANGE -> value - before();
            case CHANGE_RATIO -> ratio(value, before());
            case ROBUST_Z -> robustZ(value);
            case RANK -> rank(value);
        };
    }

    private static double ratio(double value, double before) {
        return before == 0 ? Double.NaN : (value - before) / Math.abs(before);
    }

    /** The value that stood one window ago. Not known where it is older than one more window. */
    private double before() {
        double value = values[slot(newest - buckets)];
        if (!Double.isNaN(value)) {
            return value;
        }
        return leftBucket != NONE && leftBucket >= newest - 2L * buckets ? left : Double.NaN;
    }

    private double rank(double value) {
        measure();
        if (!enough) {
            return Double.NaN;
        }
        int below = place(value, false);
        return (below + 0.5 * (place(value, true) - below)) / sorted.length;
    }

    /** How many samples lie below a value, or below or at it. */
    private int place(double value, boolean orAt) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || orAt && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private double robustZ(double value) {
        measure();
        if (!enough) {
            return Double.NaN;
        }
        if (value == median) {
            return 0;
        }
        return deviation == 0 ? Double.NaN : (value - median) / (NORMAL * deviation);
    }

    /** The samples of the window before the present bucket stay what they are until the next one. */
    private void measure() {
        if (measuredAt == newest) {
            return;
        }
        measuredAt = newest;
        sorted = samples();
        Arrays.sort(sorted);
        enough = isEnough(sorted.length);
        if (enough) {
            median = medianOf(sorted);
            double[] apart = new double[sorted.length];
            for (int i = 0; i < apart.length; i++) {
                apart[i] = Math.abs(sorted[i] - median);
            }
            Arrays.sort(apart);
            deviation = medianOf(apart);
        }
    }

    private double[] samples() {
        double[] samples = new double[buckets];
        int n = 0;
        for (long bucket = newest - buckets; bucket < newest; bucket++) {
            double sample = values[slot(bucket)];
            if (!Double.isNaN(sample)) {
                samples[n++] = sample;
            }
        }
        return Arrays.copyOf(samples, n);
    }

    private static double medianOf(double[] samples) {
        int half = samples.length / 2;
        return samples.length % 2 == 1 ? samples[half] : (samples[half - 1] + samples[half]) / 2;
    }

    /** Whether the oldest sample reaches back a tenth of the window, and there are ten. */
    private boolean isEnough(int samples) {
        if (samples < FEWEST_SAMPLES) {
            return false;
        }
        long oldest = newest - buckets;
        while (Double.isNaN(values[slot(oldest)])) {
            oldest++;
        }
        return (newest - oldest) * PART >= buckets;
    }

    private int slot(long bucket) {
        return Math.floorMod(bucket, values.length);
    }

    /** All there is to go on with. */
    HistoryMemory memory() {
        return new HistoryMemory(
                newest, leftBucket, left, Arrays.stream(values).boxed().toList());
    }
}
