package io.plimsoll.server.rules;

import io.plimsoll.connectors.NearestName;
import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.SubjectKind;
import io.plimsoll.topology.alerts.MetricDefinition;
import io.plimsoll.topology.alerts.Metrics;
import io.plimsoll.topology.alerts.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads one condition of a rule. */
final class ConditionReader {

    /** Nearest metric names that a message shows; a kind may have a hundred. */
    private static final int MOST_NAMES = 5;

    private static final Map<String, RuleForm> FORMS = Map.of(
            "change", RuleForm.CHANGE,
            "changeRatio", RuleForm.CHANGE_RATIO,
            "robustZ", RuleForm.ROBUST_Z,
            "rank", RuleForm.RANK);

    private ConditionReader() {}

    /** The condition; empty where it could not be understood, which the problems then say. */
    static Optional<RuleCondition> read(YamlNode node, SubjectKind kind, Problems problems) {
        Map<String, YamlNode> fields = node.entries();
        YamlNode name = node.at(List.of("metric"));
        Optional<MetricDefinition> metric = metric(name, kind, problems);
        List<String> forms =
                FORMS.keySet().stream().filter(fields::containsKey).sorted().toList();
        if (forms.size() > 1) {
            problems.add(node, "has " + String.join(" and ", forms) + ", allowed is one of them or none");
            return Optional.empty();
        }
        RuleCondition condition = new RuleCondition();
        condition.setMetric(name.text());
        condition.setForm(RuleForm.LEVEL);
        if (!forms.isEmpty()) {
            YamlNode window = node.at(List.of(forms.get(0)));
            long windowMs = Amount.milliseconds(window.text());
            if (windowMs == 0) {
                problems.add(window, "is " + window.text() + ", allowed is more than 0");
            }
            condition.setForm(FORMS.get(forms.get(0)));
            condition.setWindowMs(windowMs);
        }
        boolean above = fields.containsKey("above");
        condition.setComparison(above ? Comparison.ABOVE : Comparison.BELOW);
        if (metric.isEmpty()) {
            return Optional.empty();
        }
        Unit unit = metric.get().unit(condition.getForm());
        YamlNode threshold = node.at(List.of(above ? "above" : "below"));
        condition.setThreshold(amount(threshold, unit, condition.getForm(), problems));
        YamlNode until = fields.get("until");
        if (until != null) {
            double resolve = amount(until, unit, condition.getForm(), problems);
            condition.setResolveThreshold(resolve);
            if (above ? resolve > condition.getThreshold() : resolve < condition.getThreshold()) {
                problems.add(
                        until,
                        "is " + until.text() + ", allowed is " + threshold.text() + " or " + (above ? "less" : "more")
                                + ": it fires " + (above ? "above " : "below ") + threshold.text());
            }
        }
        return Optional.of(condition);
    }

    private static Optional<MetricDefinition> metric(YamlNode name, SubjectKind kind, Problems problems) {
        io.plimsoll.risk.alert.SubjectKind of = io.plimsoll.risk.alert.SubjectKind.valueOf(kind.name());
        Optional<MetricDefinition> metric = Metrics.named(of, name.text());
        if (metric.isEmpty()) {
            String others = Arrays.stream(io.plimsoll.risk.alert.SubjectKind.values())
                    .filter(other -> Metrics.named(other, name.text()).isPresent())
                    .map(other -> other.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
            List<String> nearest = NearestName.neighbours(name.text(), Metrics.names(of), MOST_NAMES);
            problems.add(
                    name,
                    "is " + name.text() + ", which is no metric of a "
                            + kind.name().toLowerCase(Locale.ROOT)
                            + (others.isEmpty() ? "" : " (it is one of: " + others + ")")
                            + "; the nearest that are: " + String.join(", ", nearest)
                            + "; all are in docs/rules.md");
        }
        return metric;
    }

    private static double amount(YamlNode node, Unit unit, RuleForm form, Problems problems) {
        Amount amount = Amount.of(node.text());
        if (amount.form() == Amount.Form.PERCENT && unit != Unit.FRACTION) {
            problems.add(node, "is " + node.text() + ", allowed is a number in its unit: " + unit.text());
        }
        if (amount.form() == Amount.Form.TIME && unit != Unit.MILLISECONDS) {
            problems.add(node, "is a time, " + node.text() + "; allowed is a number in its unit: " + unit.text());
        }
        if (form == RuleForm.RANK && (amount.value() < 0 || amount.value() > 1)) {
            problems.add(node, "is " + node.text() + ", allowed for a rank is 0 to 1 (0% to 100%)");
        }
        return amount.value();
    }
}
