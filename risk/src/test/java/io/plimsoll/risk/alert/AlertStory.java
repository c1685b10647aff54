package io.plimsoll.risk.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An engine over one kind of subject with three metrics of two sources, and words to tell it what happens. */
final class AlertStory {

    static final String BTC = "test:BTC";
    static final long START_MS = 1_767_225_600_000L; // 2026-01-01T00:00:00Z

    static final List<Metric> METRICS = List.of(
            new Metric("leverage", "ratio", "market-state"),
            new Metric("fundingRate8h", "fraction", "market-state"),
            new Metric("tippingDistanceDown", "fraction", "cascade-risk"));

    final List<AlertState> written = new ArrayList<>();
    final MapMemory memory;
    final AlertEngine engine;
    private long nowMs = START_MS;

    AlertStory(AlertRule... rules) {
        this(new MapMemory(), rules);
    }

    /** One that goes on from what was kept. */
    AlertStory(MapMemory memory, AlertRule... rules) {
        this.memory = memory;
        engine = new AlertEngine(Map.of(SubjectKind.MARKET, METRICS), memory, written::add);
        for (AlertRule rule : rules) {
            engine.put(rule);
        }
        new TreeMap<>(memory.histories).values().forEach(kept -> engine.restore(kept.key(), kept.history()));
        new TreeMap<>(memory.standings).values().forEach(engine::restore);
    }

    AlertStory at(double seconds) {
        nowMs = ms(seconds);
        return this;
    }

    static long ms(double seconds) {
        return START_MS + Math.round(seconds * 1_000);
    }

    AlertStory leverage(double value) {
        return observe(value, Double.NaN, Double.NaN);
    }

    AlertStory funding(double value) {
        return observe(Double.NaN, value, Double.NaN);
    }

    AlertStory tipping(double value) {
        return observe(Double.NaN, Double.NaN, value);
    }

    /** What a market's state says. */
    AlertStory state(double leverage, double funding) {
        return observe(leverage, funding, Double.NaN);
    }

    /** The same by a record that says nothing of coverage. */
    AlertStory tippingAlone(double value) {
        return observe(Double.NaN, Double.NaN, value, null, null);
    }

    private AlertStory observe(double leverage, double funding, double tipping) {
        return observe(leverage, funding, tipping, 0.5, 0.4);
    }

    private AlertStory observe(
            double leverage,
            double funding,
            double tipping,
            @Nullable Double coverageLong,
            @Nullable Double coverageShort) {
        engine.take(new Observation(
                SubjectKind.MARKET,
                BTC,
                nowMs,
                100,
                coverageLong,
                coverageShort,
                new double[] {leverage, funding, tipping},
                List.of(new Contributor("account", "test:whale", 1e6, "USD"))));
        return this;
    }

    AlertStory timePasses(double untilSeconds) {
        engine.passTime(ms(untilSeconds));
        return this;
    }

    /** Records written since this was last asked. */
    List<AlertState> news() {
        List<AlertState> news = List.copyOf(written);
        written.clear();
        return news;
    }

    static Condition above(String metric, double threshold, @Nullable Double resolveThreshold) {
        return new Condition(metric, Form.LEVEL, 0, Comparison.ABOVE, threshold, resolveThreshold);
    }

    static Condition below(String metric, double threshold) {
        return new Condition(metric, Form.LEVEL, 0, Comparison.BELOW, threshold, null);
    }

    static AlertRule rule(String id, long holdMs, long resolveMs, @Nullable Long repeatMs, Condition... conditions) {
        return new AlertRule(
                id,
                "Leverage is high.",
                SubjectKind.MARKET,
                List.of("test:*"),
                List.of(conditions),
                holdMs,
                resolveMs,
                repeatMs,
                Severity.WARNING,
                Map.of("desk", "one"),
                null,
                null);
    }

    /** What was kept, in maps. */
    static final class MapMemory implements AlertMemory {

        final Map<String, StandingMemory> standings = new TreeMap<>();
        final Map<String, KeptHistory> histories = new TreeMap<>();

        MapMemory copy() {
            MapMemory copy = new MapMemory();
            copy.standings.putAll(standings);
            copy.histories.putAll(histories);
            return copy;
        }

        @Override
        public void put(StandingMemory standing) {
            standings.put(AlertState.key(standing.ruleId(), standing.subject()), standing);
        }

        @Override
        public void forget(String ruleId, String subject) {
            standings.remove(AlertState.key(ruleId, subject));
        }

        @Override
        public void put(HistoryKey key, HistoryMemory history) {
            histories.put(key.toString(), new KeptHistory(key, history));
        }

        @Override
        public void forget(HistoryKey key) {
            histories.remove(key.toString());
        }
    }

    record KeptHistory(HistoryKey key, HistoryMemory history) {}
}
