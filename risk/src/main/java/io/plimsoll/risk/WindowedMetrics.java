package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Open, high, low, close and time-weighted mean of several metrics over one window, from samples that may come late.
 *
 * <p>Each value holds until the next sample; the mean runs from the first to the last sample. A metric without a value
 * is NaN in a sample, and its mean leaves out the time for which it had none. The newest samples are kept apart so that
 * one arriving late can be put in its place.
 */
public final class WindowedMetrics {

    /**
     * Metrics at one moment.
     *
     * @param timeMs event time
     * @param values one per metric, NaN where it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers in passing, never compared
    public record Sample(long timeMs, double[] values) {}

    /**
     * One metric's summary so far; all NaN where it never had a value.
     */
    public record Summary(double open, double high, double low, double close, double mean) {}

    /** What is known of one metric up to the oldest sample in the tail. */
    private record Settled(double open, double high, double low, double close, double weighted, double weightMs) {

        static final int NUMBERS = 6;
        static final Settled NONE = new Settled(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);

        static Settled of(double[] from, int at) {
            return new Settled(from[at], from[at + 1], from[at + 2], from[at + 3], from[at + 4], from[at + 5]);
        }

        void writeTo(double[] to, int at) {
            to[at] = open;
            to[at + 1] = high;
            to[at + 2] = low;
            to[at + 3] = close;
            to[at + 4] = weighted;
            to[at + 5] = weightMs;
        }

        Settled with(double value, long heldMs) {
            if (Double.isNaN(value)) {
                return this;
            }
            return new Settled(
                    Double.isNaN(open) ? value : open,
                    Double.isNaN(high) ? value : Math.max(high, value),
                    Double.isNaN(low) ? value : Math.min(low, value),
                    value,
                    weighted + value * heldMs,
                    weightMs + heldMs);
        }
    }

    private final long graceMs;
    private final Settled[] settled;
    private final List<Sample> tail;
    private long settledUpToMs;
    private int samples;
    private int late;

    /**
     * All that is known, to be kept elsewhere and taken up again.
     *
     * @param settled six numbers per metric
     * @param settledUpToMs samples up to here can no longer be corrected
     */
    @SuppressWarnings("ArrayRecordComponent") // numbers in passing, never compared
    public record Memory(double[] settled, long settledUpToMs, List<Sample> tail, int samples, int late) {}

    public WindowedMetrics(int metrics, long graceMs) {
        this.graceMs = graceMs;
        this.settled = new Settled[metrics];
        Arrays.fill(settled, Settled.NONE);
        this.tail = new ArrayList<>();
        this.settledUpToMs = Long.MIN_VALUE;
    }

    /** Takes up again what {@link #memory} gave. */
    public WindowedMetrics(Memory memory, long graceMs) {
        this.graceMs = graceMs;
        this.settled = new Settled[memory.settled().length / Settled.NUMBERS];
        for (int i = 0; i < settled.length; i++) {
            settled[i] = Settled.of(memory.settled(), i * Settled.NUMBERS);
        }
        this.tail = new ArrayList<>(memory.tail());
        this.settledUpToMs = memory.settledUpToMs();
        this.samples = memory.samples();
        this.late = memory.late();
    }

    /** All that is known. */
    public Memory memory() {
        double[] numbers = new double[settled.length * Settled.NUMBERS];
        for (int i = 0; i < settled.length; i++) {
            settled[i].writeTo(numbers, i * Settled.NUMBERS);
        }
        return new Memory(numbers, settledUpToMs, List.copyOf(tail), samples, late);
    }

    /**
     * Takes a sample. One of a time already taken replaces it.
     *
     * @return false where the sample is older than what can still be corrected: it is left out
     */
    public boolean add(Sample sample) {
        if (sample.timeMs() <= settledUpToMs) {
            return false;
        }
        int place = tail.size();
        while (place > 0 && tail.get(place - 1).timeMs() > sample.timeMs()) {
            place--;
        }
        if (place > 0 && tail.get(place - 1).timeMs() == sample.timeMs()) {
            tail.set(place - 1, sample);
            return true;
        }
        if (place < tail.size()) {
            late++;
        }
        tail.add(place, sample);
        samples++;
        settle(newestMs() - graceMs);
        return true;
    }

    /** Moves what lies before the given time out of the tail; the newest sample stays. */
    private void settle(long beforeMs) {
        int done = 0;
        while (done + 1 < tail.size() && tail.get(done + 1).timeMs() <= beforeMs) {
            Sample sample = tail.get(done);
            long heldMs = tail.get(done + 1).timeMs() - sample.timeMs();
            for (int i = 0; i < settled.length; i++) {
                settled[i] = settled[i].with(sample.values()[i], heldMs);
            }
            settledUpToMs = sample.timeMs();
            done++;
        }
        if (done > 0) {
            tail.subList(0, done).clear();
        }
    }

    /** The summary of one metric. */
    public Summary summary(int metric) {
        Settled all = settled[metric];
        for (int i = 0; i < tail.size(); i++) {
            long heldMs =
                    i + 1 < tail.size() ? tail.get(i + 1).timeMs() - tail.get(i).timeMs() : 0;
            all = all.with(tail.get(i).values()[metric], heldMs);
        }
        double mean = all.weightMs() > 0 ? all.weighted() / all.weightMs() : all.close();
        return new Summary(all.open(), all.high(), all.low(), all.close(), mean);
    }

    /** Time of the newest sample. */
    public long newestMs() {
        return tail.isEmpty() ? Long.MIN_VALUE : tail.get(tail.size() - 1).timeMs();
    }

    /** Samples taken, count. */
    public int samples() {
        return samples;
    }

    /** Of these, samples that came out of order, count. */
    public int lateSamples() {
        return late;
    }
}
