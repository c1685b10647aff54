package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.known;
import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.markets.MarketStates;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Metrics of a closed window: what the metrics of a market, or of markets added up, were meanwhile. */
final class WindowMetrics {

    static final String TOPICS = "market-windows, system-windows";

    /** Metrics that are never negative, of which a relative move says something. */
    private static final Set<String> SIZES = Set.of("markPrice", "openInterest", "openInterestUsd");

    static final MetricGroup<WindowState> GROUP = group();

    private WindowMetrics() {}

    private static MetricGroup<WindowState> group() {
        MetricGroup<WindowState> group = new MetricGroup<>(TOPICS);
        MarketStates.SAMPLED.forEach(metric -> addTo(group, metric));
        return group.add("samples", Unit.COUNT, "Samples in it, one per second at most.", WindowState::getSamples)
                .add("lateSamples", Unit.COUNT, "Samples that came out of order.", WindowState::getLateSamples)
                .add(
                        "minCoverageLong",
                        Unit.FRACTION,
                        "Smallest coverageLong of its samples.",
                        window -> known(window.getMinCoverageLong()))
                .add(
                        "minCoverageShort",
                        Unit.FRACTION,
                        "Smallest coverageShort of its samples.",
                        window -> known(window.getMinCoverageShort()))
                .add(
                        "minCoverage",
                        Unit.FRACTION,
                        "minCoverageLong, minCoverageShort",
                        "The lower of the two.",
                        window -> Math.min(known(window.getMinCoverageLong()), known(window.getMinCoverageShort())))
                .add(
                        "stalenessMs",
                        Unit.MILLISECONDS,
                        "Largest staleness of its samples.",
                        WindowState::getStalenessMs);
    }

    private static void addTo(MetricGroup<WindowState> group, String metric) {
        Unit unit = MarketStateMetrics.GROUP.definitions().stream()
                .filter(definition -> definition.name().equals(metric))
                .findFirst()
                .orElseThrow()
                .unit();
        group.add(
                        metric + "Open",
                        unit,
                        "metrics.open",
                        "The metric's first value in the window.",
                        window -> of(window, metric, WindowMetric::getOpen))
                .add(
                        metric + "High",
                        unit,
                        "metrics.high",
                        "Its highest value.",
                        window -> of(window, metric, WindowMetric::getHigh))
                .add(
                        metric + "Low",
                        unit,
                        "metrics.low",
                        "Its lowest value.",
                        window -> of(window, metric, WindowMetric::getLow))
                .add(
                        metric + "Close",
                        unit,
                        "metrics.close",
                        "Its last value.",
                        window -> of(window, metric, WindowMetric::getClose))
                .add(
                        metric + "Mean",
                        unit,
                        "metrics.mean",
                        "Its mean, each value weighted with the time for which it stood.",
                        window -> of(window, metric, WindowMetric::getMean));
        if (SIZES.contains(metric)) {
            group.add(
                            metric + "Move",
                            Unit.FRACTION,
                            "metrics.close / metrics.open - 1",
                            "From its first value to its last; negative: it has fallen.",
                            window -> of(window, metric, its -> share(its.getClose(), its.getOpen()) - 1))
                    .add(
                            metric + "Range",
                            Unit.FRACTION,
                            "metrics.high / metrics.low - 1",
                            "How far its highest value lies above its lowest.",
                            window -> of(window, metric, its -> share(its.getHigh(), its.getLow()) - 1));
        }
    }

    /** NaN where the metric had no value in the window, or the subject has no such metric. */
    private static double of(WindowState window, String metric, ToDoubleFunction<WindowMetric> number) {
        for (WindowMetric each : window.getMetrics()) {
            if (each.getName().equals(metric)) {
                return number.applyAsDouble(each);
            }
        }
        return Double.NaN;
    }
}
