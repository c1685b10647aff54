package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Metric;
import io.plimsoll.risk.alert.SubjectKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The metric catalogue: what rules may ask about, by kind of subject. The order of a kind's metrics is that of the values of
 * its observations.
 */
public final class Metrics {

    private static final Map<SubjectKind, List<MetricGroup<?>>> GROUPS = new EnumMap<>(Map.of(
            SubjectKind.MARKET,
            List.of(
                    MarketStateMetrics.GROUP,
                    CascadeRiskMetrics.MARKET,
                    DepthMetrics.GROUP,
                    ForcedVolumeMetrics.GROUP,
                    RunningEpisode.METRICS,
                    MeasureMetrics.GROUP),
            SubjectKind.VENUE,
            List.of(SystemStateMetrics.GROUP, CycleMetrics.OF_SYSTEM),
            SubjectKind.ASSET,
            List.of(SystemStateMetrics.GROUP, CycleMetrics.OF_SYSTEM),
            SubjectKind.SYSTEM,
            List.of(
                    SystemStateMetrics.GROUP,
                    CascadeRiskMetrics.SYSTEM,
                    ContagionMetrics.GROUP,
                    CollateralMetrics.GROUP,
                    RunningEpisode.METRICS,
                    CycleMetrics.OF_SYSTEM),
            SubjectKind.ACCOUNT,
            List.of(AccountRiskMetrics.GROUP),
            SubjectKind.FEED,
            List.of(FeedReading.METRICS),
            SubjectKind.WINDOW,
            List.of(WindowMetrics.GROUP)));

    private static final Map<SubjectKind, List<MetricDefinition>> DEFINITIONS = new EnumMap<>(SubjectKind.class);
    private static final Map<SubjectKind, List<Metric>> METRICS = new EnumMap<>(SubjectKind.class);
    private static final Map<SubjectKind, Map<String, Integer>> PLACES = new EnumMap<>(SubjectKind.class);

    static {
        GROUPS.forEach((kind, groups) -> {
            List<MetricDefinition> definitions = new ArrayList<>();
            groups.forEach(group -> definitions.addAll(group.definitions()));
            Map<String, Integer> places = new HashMap<>();
            for (MetricDefinition definition : definitions) {
                if (places.put(definition.name(), places.size()) != null) {
                    throw new IllegalStateException(kind + " has two metrics named " + definition.name());
                }
            }
            DEFINITIONS.put(kind, List.copyOf(definitions));
            METRICS.put(kind, definitions.stream().map(MetricDefinition::metric).toList());
            PLACES.put(kind, Map.copyOf(places));
        });
    }

    private Metrics() {}

    /** The metrics of a kind of subject, in order. */
    public static List<Metric> of(SubjectKind kind) {
        return METRICS.getOrDefault(kind, List.of());
    }

    /** The same, with where they come from and what they mean. */
    public static List<MetricDefinition> definitions(SubjectKind kind) {
        return DEFINITIONS.getOrDefault(kind, List.of());
    }

    /** Their names, in order. */
    public static List<String> names(SubjectKind kind) {
        return of(kind).stream().map(Metric::name).toList();
    }

    /** The metric of that name. */
    public static Optional<MetricDefinition> named(SubjectKind kind, String name) {
        int place = place(kind, name);
        return place < 0 ? Optional.empty() : Optional.of(definitions(kind).get(place));
    }

    /** Place of a metric in the values of an observation; -1 where the kind has none of that name. */
    public static int place(SubjectKind kind, String name) {
        return PLACES.getOrDefault(kind, Map.of()).getOrDefault(name, -1);
    }

    /** The values of a record, and NaN for the metrics that come from others. */
    static <R> double[] read(SubjectKind kind, MetricGroup<R> group, R record) {
        double[] values = MetricGroup.unknown(of(kind).size());
        int offset = 0;
        for (MetricGroup<?> each : GROUPS.getOrDefault(kind, List.of())) {
            if (each == group) {
                group.read(record, values, offset);
                return values;
            }
            offset += each.size();
        }
        throw new IllegalArgumentException("subjects of kind " + kind + " have no such metrics");
    }
}
