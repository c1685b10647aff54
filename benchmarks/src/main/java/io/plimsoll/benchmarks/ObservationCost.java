package io.plimsoll.benchmarks;

import io.plimsoll.risk.alert.AlertEngine;
import io.plimsoll.risk.alert.AlertMemory;
import io.plimsoll.risk.alert.AlertRule;
import io.plimsoll.risk.alert.Comparison;
import io.plimsoll.risk.alert.Condition;
import io.plimsoll.risk.alert.HistoryKey;
import io.plimsoll.risk.alert.HistoryMemory;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.StandingMemory;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.risk.alert.SubjectPattern;
import io.plimsoll.server.rules.DefaultRules;
import io.plimsoll.topology.alerts.Metrics;
import io.plimsoll.topology.alerts.RuleRecords;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an observation costs with the default rules: in the engine, which knows which rules watch a subject and keeps windows,
 * and by going through all rules each time, comparing the subject with their patterns and finding their metrics by name.
 * The latter has windows for nothing: it takes a windowed condition for one about the value itself.
 */
final class ObservationCost {

    private static final int ROUNDS_OF_TIME = 5;

    private final List<AlertRule> rules =
            DefaultRules.rules().stream().map(RuleRecords::rule).toList();
    private final List<Observation> observations;
    private long held;

    /** @param rounds rounds of observations that are taken in turn */
    ObservationCost(int rounds) {
        observations = new CalmMarkets(rules).observations(rounds, 1_767_225_600_000L);
    }

    /** Number of default rules. */
    int rules() {
        return rules.size();
    }

    /** Nanoseconds per observation in the engine. */
    double engineNanos() {
        return fastest(() -> {
            AlertEngine engine = new AlertEngine(
                    Arrays.stream(SubjectKind.values()).collect(Collectors.toMap(Function.identity(), Metrics::of)),
                    new Forgetful(),
                    state -> held++);
            rules.forEach(engine::put);
            return engine::take;
        });
    }

    /** Nanoseconds per observation of the naive way. */
    double naiveNanos() {
        return fastest(() -> this::holdAgainstAll);
    }

    private double fastest(Supplier<Consumer<Observation>> fresh) {
        double fastest = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS_OF_TIME; round++) {
            Consumer<Observation> taker = fresh.get();
            long started = System.nanoTime();
            observations.forEach(taker);
            fastest = Math.min(fastest, (double) (System.nanoTime() - started) / observations.size());
        }
        return fastest;
    }

    private void holdAgainstAll(Observation observation) {
        for (AlertRule rule : rules) {
            if (rule.kind() == observation.kind() && watches(rule, observation.subject()) && holds(rule, observation)) {
                held++;
            }
        }
    }

    private static boolean watches(AlertRule rule, String subject) {
        for (String pattern : rule.subjects()) {
            if (SubjectPattern.matches(pattern, subject)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(AlertRule rule, Observation observation) {
        for (Condition condition : rule.conditions()) {
            double value = observation.values()[Metrics.place(rule.kind(), condition.metric())];
            boolean beyond = condition.comparison() == Comparison.ABOVE
                    ? value > condition.threshold()
                    : value < condition.threshold();
            if (!beyond) {
                return false;
            }
        }
        return true;
    }

    private static final class Forgetful implements AlertMemory {

        @Override
        public void put(StandingMemory standing) {}

        @Override
        public void forget(String ruleId, String subject) {}

        @Override
        public void put(HistoryKey key, HistoryMemory history) {}

        @Override
        public void forget(HistoryKey key) {}
    }
}
