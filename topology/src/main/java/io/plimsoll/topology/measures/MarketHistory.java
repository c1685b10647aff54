package io.plimsoll.topology.measures;

import io.plimsoll.topology.avro.MeasureSample;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** A market on all grids, about 60 KiB. */
public final class MarketHistory {

    private final Map<Grid, Ring> rings = new EnumMap<>(Grid.class);

    MarketHistory() {
        for (Grid grid : Grid.values()) {
            rings.put(grid, new Ring(grid));
        }
    }

    /**
     * Notes a market where a step of a grid begins.
     *
     * @param sample the values of all series in order; only asked for where a step begins
     * @param store takes what is to be stored, by the end of its key
     * @return whether an hour has begun
     */
    boolean take(long timeMs, Supplier<double[]> sample, BiConsumer<String, MeasureSample> store) {
        double[] values = null;
        boolean hour = false;
        for (Map.Entry<Grid, Ring> each : rings.entrySet()) {
            Ring ring = each.getValue();
            if (ring.isDue(timeMs)) {
                values = values == null ? sample.get() : values;
                MeasureSample stored = ring.put(timeMs, values);
                store.accept(each.getKey().text() + '|' + ring.place(stored.getBucket()), stored);
                hour |= each.getKey() == Grid.HOURS;
            }
        }
        return hour;
    }

    /** Puts in a stored row; the grid as it was in its key. */
    void restore(String grid, MeasureSample sample) {
        for (Map.Entry<Grid, Ring> each : rings.entrySet()) {
            if (each.getKey().text().equals(grid)) {
                each.getValue().restore(sample);
                return;
            }
        }
        throw new IllegalStateException("a grid named " + grid + " is not remembered");
    }

    /** A series of the minutes of the last hour, the oldest first, NaN where nothing was seen. */
    public double[] minutes(Series series) {
        return values(Grid.MINUTES, series);
    }

    /** The same of the hours of the last 31 days. */
    public double[] hours(Series series) {
        return values(Grid.HOURS, series);
    }

    double[] values(Grid grid, Series series) {
        return ring(grid).values(series);
    }

    /** Beginning of a grid's newest step, epoch milliseconds; {@link Long#MIN_VALUE} where there is none. */
    long newestMs(Grid grid) {
        return ring(grid).newestMs();
    }

    private Ring ring(Grid grid) {
        return Objects.requireNonNull(rings.get(grid));
    }
}
