package io.plimsoll.benchmarks;

import io.plimsoll.risk.alert.AlertRule;
import io.plimsoll.risk.alert.Comparison;
import io.plimsoll.risk.alert.Condition;
import io.plimsoll.risk.alert.Form;
import io.plimsoll.risk.alert.Metric;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.Keys;
import io.plimsoll.topology.alerts.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What the records of a hundred markets say, twenty states to a cascade risk, as the monitor publishes them: numbers that
 * tremble a little on the quiet side of every threshold.
 */
final class CalmMarkets {

    static final int MARKETS = 100;
    static final int STATES_PER_CASCADE = 20;

    private static final long STATE_EVERY_MS = 50;
    private static final double TREMBLING = 1e-4;

    private final SplittableRandom random = new SplittableRandom(11);
    private final List<Metric> metrics = Metrics.of(SubjectKind.MARKET);
    private final double[] calm = new double[metrics.size()];

    CalmMarkets(List<AlertRule> rules) {
        for (int i = 0; i < calm.length; i++) {
            String name = metrics.get(i).name();
            calm[i] = quiet(rules.stream()
                    .flatMap(rule -> rule.kind() == SubjectKind.MARKET ? rule.conditions().stream() : Stream.empty())
                    .filter(condition ->
                            condition.form() == Form.LEVEL && condition.metric().equals(name))
                    .toList());
        }
    }

    private static double quiet(List<Condition> conditions) {
        double above = Double.NEGATIVE_INFINITY;
        double below = Double.POSITIVE_INFINITY;
        for (Condition condition : conditions) {
            if (condition.comparison() == Comparison.ABOVE) {
                below = Math.min(below, condition.threshold());
            } else {
                above = Math.max(above, condition.threshold());
            }
        }
        if (Double.isInfinite(above)) {
            return Double.isInfinite(below) ? 1 : below - Math.max(1, Math.abs(below));
        }
        return Double.isInfinite(below) ? above + Math.max(1, Math.abs(above)) : (above + below) / 2;
    }

    /** The observations of that many rounds, in each of which all markets have their turn. */
    List<Observation> observations(int rounds, long fromMs) {
        List<Observation> all = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (int market = 0; market < MARKETS; market++) {
                long asOfMs = fromMs + round * STATE_EVERY_MS;
                all.add(observation(market, asOfMs, "market-state"));
                if (round % STATES_PER_CASCADE == 0) {
                    all.add(observation(market, asOfMs, "cascade-risk"));
                }
            }
        }
        return all;
    }

    private Observation observation(int market, long asOfMs, String source) {
        double[] values = new double[calm.length];
        Arrays.fill(values, Double.NaN);
        for (int i = 0; i < values.length; i++) {
            if (metrics.get(i).source().equals(source)) {
                values[i] = calm[i] * (1 + TREMBLING * random.nextDouble(-1, 1));
            }
        }
        return new Observation(
                SubjectKind.MARKET,
                Keys.market(BenchMarkets.VENUE, "M" + market),
                asOfMs,
                0,
                1.0,
                1.0,
                values,
                List.of());
    }
}
