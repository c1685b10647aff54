package io.plimsoll.topology.alerts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The metrics that one type of record yields, in order.
 *
 * @param <R> type of the record
 */
final class MetricGroup<R> {

    private final String topic;
    private final List<MetricDefinition> metrics = new ArrayList<>();
    private final List<ToDoubleFunction<R>> readings = new ArrayList<>();

    /** @param topic topic of the records, without prefix */
    MetricGroup(String topic) {
        this.topic = topic;
    }

    /** Adds one; its reading gives NaN where the record does not say. */
    MetricGroup<R> add(String name, Unit unit, String from, String meaning, ToDoubleFunction<R> reading) {
        metrics.add(new MetricDefinition(name, unit, topic, from, meaning));
        readings.add(reading);
        return this;
    }

    /** Adds one whose name is the field's. */
    MetricGroup<R> add(String field, Unit unit, String meaning, ToDoubleFunction<R> reading) {
        return add(field, unit, field, meaning, reading);
    }

    List<MetricDefinition> definitions() {
        return List.copyOf(metrics);
    }

    int size() {
        return metrics.size();
    }

    /** Writes a record's values from that place on. */
    void read(R record, double[] values, int offset) {
        for (int i = 0; i < readings.size(); i++) {
            values[offset + i] = readings.get(i).applyAsDouble(record);
        }
    }

    /** So many values that are not known. */
    static double[] unknown(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** The value, NaN where there is none. */
    static double known(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** The value, infinity where null means that there is no end to it. */
    static double orInfinite(@Nullable Double value) {
        return value == null ? Double.POSITIVE_INFINITY : value;
    }

    /** Part over whole; NaN where there is no whole. */
    static double share(double part, double whole) {
        return whole > 0 ? part / whole : Double.NaN;
    }
}
