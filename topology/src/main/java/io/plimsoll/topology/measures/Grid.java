package io.plimsoll.topology.measures;

import java.time.Duration;

/** Grids of event time on which markets are remembered. Names are in stored rows. */
enum Grid {
    /** An hour back. */
    MINUTES("m", Duration.ofMinutes(1), 60, 0, 2),
    /** A day back. */
    FIVE_MINUTES("5m", Duration.ofMinutes(5), 288, 0, 1),
    /** 30 days back, and a day before. */
    HOURS("h", Duration.ofHours(1), 720, 24, Series.values().length);

    /** Of a horizon at least one part in so many must be known. */
    static final int LEAST_PART = 10;

    private final String text;
    private final long stepMs;
    private final int horizonSteps;
    private final int earlierSteps;
    private final int series;

    Grid(String text, Duration step, int horizonSteps, int earlierSteps, int series) {
        this.text = text;
        this.stepMs = step.toMillis();
        this.horizonSteps = horizonSteps;
        this.earlierSteps = earlierSteps;
        this.series = series;
    }

    /** As it is written in rows. */
    String text() {
        return text;
    }

    /** Length of a step, milliseconds. */
    long stepMs() {
        return stepMs;
    }

    /** Steps of the horizon that it is for. */
    int horizonSteps() {
        return horizonSteps;
    }

    /** Points that are remembered: one more than steps. */
    int points() {
        return horizonSteps + earlierSteps + 1;
    }

    /** So many of the first {@link Series} are remembered on it. */
    int series() {
        return series;
    }

    /** Event time from the oldest known value to the newest, milliseconds. */
    long spanMs(double[] values) {
        int first = 0;
        int last = values.length - 1;
        while (first < last && Double.isNaN(values[first])) {
            first++;
        }
        while (last > first && Double.isNaN(values[last])) {
            last--;
        }
        return (last - first) * stepMs;
    }

    /** How many values are known. */
    static int known(double[] values) {
        int known = 0;
        for (double value : values) {
            if (!Double.isNaN(value)) {
                known++;
            }
        }
        return known;
    }
}
