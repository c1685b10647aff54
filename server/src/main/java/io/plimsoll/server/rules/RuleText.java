package io.plimsoll.server.rules;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.topology.alerts.Metrics;
import io.plimsoll.topology.alerts.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Conditions of a rule in a few words. */
public final class RuleText {

    private static final Map<RuleForm, String> FORMS = Map.of(
            RuleForm.LEVEL, "",
            RuleForm.CHANGE, "change over ",
            RuleForm.CHANGE_RATIO, "relative change over ",
            RuleForm.ROBUST_Z, "robust z-score over ",
            RuleForm.RANK, "rank within ");

    private RuleText() {}

    /** {@code "tippingDistanceDown below 5%, until 6%"}, several joined by "and". */
    public static String conditions(Rule rule) {
        return rule.getConditions().stream()
                .map(condition -> condition(rule, condition))
                .collect(Collectors.joining(" and "));
    }

    private static String condition(Rule rule, RuleCondition condition) {
        Unit unit = Metrics.named(SubjectKind.valueOf(rule.getKind().name()), condition.getMetric())
                .map(metric -> metric.unit(condition.getForm()))
                .orElse(Unit.RATIO);
        String form = Objects.requireNonNull(FORMS.get(condition.getForm()));
        Long windowMs = condition.getWindowMs();
        Double resolve = condition.getResolveThreshold();
        return condition.getMetric()
                + (form.isEmpty() ? "" : " (" + form + Amount.time(windowMs == null ? 0 : windowMs) + ")")
                + (condition.getComparison() == Comparison.ABOVE ? " above " : " below ")
                + amount(condition.getThreshold(), unit)
                + (resolve == null ? "" : ", until " + amount(resolve, unit));
    }

    private static String amount(double value, Unit unit) {
        if (unit == Unit.FRACTION) {
            return plain(value * 100) + "%";
        }
        if (unit == Unit.MILLISECONDS && value >= 0 && value == Math.rint(value)) {
            return Amount.time((long) value);
        }
        return plain(value) + (unit == Unit.USD ? " USD" : "");
    }

    private static String plain(double value) {
        return new BigDecimal(value, new MathContext(12)).stripTrailingZeros().toPlainString();
    }
}
