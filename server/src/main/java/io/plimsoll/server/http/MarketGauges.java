package io.plimsoll.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.plimsoll.schemas.avro.CascadeOutcome;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.topology.MonitorStores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.jspecify.annotations.Nullable;

/**
 * The markets and the system for Prometheus, as they stand at this instance: the markets with the largest open interest only,
 * so that a venue with thousands of options does not make as many series.
 */
final class MarketGauges {

    /** Markets of one instance. */
    static final int MOST_MARKETS = 100;

    private static final double MS_PER_SECOND = 1_000;

    /**
     * A figure that states of markets and of the system have alike.
     *
     * @param gauge the end of its name
     * @param side of which it is, as a tag; none: of both
     * @param field of the state, a double or null
     */
    private record Figure(String gauge, Tags side, String field) {}

    private static final Tags LONG = Tags.of("side", "long");
    private static final Tags SHORT = Tags.of("side", "short");
    private static final List<Figure> FIGURES = List.of(
            new Figure("open.interest.usd", Tags.empty(), "openInterestUsd"),
            new Figure("notional.usd", LONG, "longNotionalUsd"),
            new Figure("notional.usd", SHORT, "shortNotionalUsd"),
            new Figure("leverage.ratio", LONG, "longLeverage"),
            new Figure("leverage.ratio", SHORT, "shortLeverage"),
            new Figure("leverage.skew.ratio", Tags.empty(), "leverageSkew"),
            new Figure("coverage.ratio", LONG, "coverageLong"),
            new Figure("coverage.ratio", SHORT, "coverageShort"));

    private final StateQueries queries;
    private final Map<String, MultiGauge> gauges = new LinkedHashMap<>();
    private final Map<String, List<MultiGauge.Row<?>>> rows = new LinkedHashMap<>();

    MarketGauges(StateQueries queries) {
        this.queries = queries;
    }

    void bindTo(MeterRegistry registry) {
        for (String of : List.of("market", "system")) {
            add(registry, of, "open.interest.usd", "Observed open interest, single-sided, US dollars");
            add(registry, of, "notional.usd", "Observed positions of one side at the mark price, US dollars");
            add(registry, of, "leverage.ratio", "Notional of one side over its equity");
            add(registry, of, "leverage.skew.ratio", "-1 to 1; positive: longs are more leveraged than shorts");
            add(
                    registry,
                    of,
                    "coverage.ratio",
                    "Observed positions of one side over the open interest that the venue reports");
            add(registry, of, "staleness.seconds", "Age of the oldest input of the state, at the time of its newest");
            add(registry, of, "age.seconds", "Time since the newest input of the state");
        }
        add(registry, "market", "funding.rate.ratio", "Funding rate per 8 hours, a fraction; positive: longs pay");
        add(
                registry,
                "market",
                "tipping.distance.ratio",
                "Distance of the nearest tipping point with all of the depth, pessimistic reading, fraction of the mark price");
    }

    private void add(MeterRegistry registry, String of, String what, String description) {
        String name = "plimsoll." + of + "." + what;
        gauges.put(name, MultiGauge.builder(name).description(description).register(registry));
    }

    /** Reads the states anew; while they cannot be read there are no figures. */
    synchronized void refresh(long nowMs) {
        rows.clear();
        try {
            markets(nowMs);
            queries.all().forEach(MonitorStores.SYSTEM_STATES, MonitorStores.SYSTEM_STATE_TYPE, (subject, state) -> {
                // By asset they are the sums of markets, which a query can add up.
                if (!subject.startsWith("asset:")) {
                    state("plimsoll.system.", Tags.of("subject", subject), state, nowMs);
                }
            });
        } catch (Problem notReady) {
            rows.clear();
        }
        gauges.forEach((name, gauge) -> gauge.register(rows.getOrDefault(name, List.of()), true));
    }

    private void markets(long nowMs) {
        List<Map.Entry<String, MarketState>> all = new ArrayList<>();
        queries.all()
                .forEach(
                        MonitorStores.MARKET_STATES,
                        MonitorStores.MARKET_STATE_TYPE,
                        (id, state) -> all.add(Map.entry(id, state)));
        all.sort(Comparator.comparingDouble((Map.Entry<String, MarketState> each) ->
                        -each.getValue().getOpenInterestUsd())
                .thenComparing(Map.Entry::getKey));
        Set<String> shown = new HashSet<>();
        for (Map.Entry<String, MarketState> each : all.subList(0, Math.min(MOST_MARKETS, all.size()))) {
            shown.add(each.getKey());
            market(each.getKey(), each.getValue(), nowMs);
        }
        queries.all().forEach(MonitorStores.CASCADE_RISKS, MonitorStores.CASCADE_RISK_TYPE, (id, risk) -> {
            if (shown.contains(id)) {
                tippingPoints(id, risk);
            }
        });
    }

    private void market(String id, MarketState state, long nowMs) {
        Tags tags = Tags.of("market", id);
        state("plimsoll.market.", tags, state, nowMs);
        row("plimsoll.market.funding.rate.ratio", tags, state.getFundingRate8h());
    }

    /** What states of markets and of the system have alike. */
    private void state(String of, Tags tags, SpecificRecordBase state, long nowMs) {
        for (Figure figure : FIGURES) {
            row(of + figure.gauge(), tags.and(figure.side()), (Double) state.get(figure.field()));
        }
        row(of + "staleness.seconds", tags, (Long) state.get("stalenessMs") / MS_PER_SECOND);
        row(of + "age.seconds", tags, (nowMs - (Long) state.get("asOfMs")) / MS_PER_SECOND);
    }

    private void tippingPoints(String id, CascadeRisk risk) {
        for (CascadeOutcome outcome : risk.getOutcomes()) {
            if (outcome.getDepthHaircut() == 1) {
                String direction = outcome.getDirection().name().toLowerCase(Locale.ROOT);
                row(
                        "plimsoll.market.tipping.distance.ratio",
                        Tags.of("market", id, "direction", direction),
                        outcome.getTippingDistanceLow());
            }
        }
    }

    /** What is not known has no row. */
    private void row(String name, Tags tags, @Nullable Double value) {
        if (value != null) {
            rows.computeIfAbsent(name, none -> new ArrayList<>()).add(MultiGauge.Row.of(tags, value));
        }
    }
}
