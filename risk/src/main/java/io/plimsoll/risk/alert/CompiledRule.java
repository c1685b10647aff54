package io.plimsoll.risk.alert;

import java.util.List;

/** A rule with its metrics looked up. */
final class CompiledRule {

    final AlertRule rule;
    final String fingerprint;
    /** By condition: place of its metric among the metrics of the kind. */
    final int[] metrics;
    /** By condition: number of the source of its metric. */
    final int[] sources;
    /** By condition: unit of value and threshold. */
    final String[] units;

    CompiledRule(AlertRule rule, MetricTable table) {
        this.rule = rule;
        fingerprint = rule.fingerprint();
        List<Condition> conditions = rule.conditions();
        metrics = new int[conditions.size()];
        sources = new int[conditions.size()];
        units = new String[conditions.size()];
        for (int i = 0; i < metrics.length; i++) {
            Condition condition = conditions.get(i);
            metrics[i] = table.indexOf(condition.metric());
            sources[i] = table.sourceOf(metrics[i]);
            units[i] = switch (condition.form()) {
                case LEVEL, CHANGE -> table.unitOf(metrics[i]);
                case CHANGE_RATIO, RANK -> MetricTable.FRACTION;
                case ROBUST_Z -> MetricTable.DEVIATIONS;
            };
        }
    }

    boolean reads(int source) {
        for (int each : sources) {
            if (each == source) {
                return true;
            }
        }
        return false;
    }
}
