package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics of one kind of subject, with their sources numbered. */
final class MetricTable {

    static final String FRACTION = "fraction";
    static final String DEVIATIONS = "deviations";

    private final List<Metric> metrics;
    private final Map<String, Integer> placeByName = new HashMap<>();
    private final List<String> sources = new ArrayList<>();
    private final int[] sourceByPlace;

    MetricTable(List<Metric> metrics) {
        this.metrics = List.copyOf(metrics);
        sourceByPlace = new int[metrics.size()];
        for (int i = 0; i < metrics.size(); i++) {
            placeByName.put(metrics.get(i).name(), i);
            String source = metrics.get(i).source();
            if (!sources.contains(source)) {
                sources.add(source);
            }
            sourceByPlace[i] = sources.indexOf(source);
        }
    }

    int indexOf(String metric) {
        Integer place = placeByName.get(metric);
        if (place == null) {
            throw new IllegalArgumentException("metric is " + metric + ", which is none of this kind of subject");
        }
        return place;
    }

    boolean has(String metric) {
        return placeByName.containsKey(metric);
    }

    int sourceOf(int place) {
        return sourceByPlace[place];
    }

    String unitOf(int place) {
        return metrics.get(place).unit();
    }

    String source(int number) {
        return sources.get(number);
    }

    int sources() {
        return sources.size();
    }

    /** Number of the source whose metrics are among the values; -1 where nothing is known. */
    int sourceOf(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                return sourceByPlace[i];
            }
        }
        return -1;
    }
}
