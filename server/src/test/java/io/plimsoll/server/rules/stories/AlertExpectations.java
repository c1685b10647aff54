package io.plimsoll.server.rules.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.schemas.avro.RuleCondition;
import io.plimsoll.topology.alerts.Metrics;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;

/** What every alert of a rule has to say of itself, and its conditions of their values. */
final class AlertExpectations {

    private final Rule rule;
    private final String subject;
    private Offset<Double> precision = within(1e-6);

    AlertExpectations(Rule rule, String subject) {
        this.rule = rule;
        this.subject = subject;
    }

    /** How near values come to what is expected, relative. */
    void precisely(double relative) {
        precision = within(relative);
    }

    /** Everything but its lifecycle and its values. */
    void whole(Alert alert) {
        assertThat(alert.getKind()).isEqualTo(rule.getKind());
        assertThat(alert.getSeverity()).isEqualTo(rule.getSeverity());
        assertThat(alert.getLabels()).isEqualTo(rule.getLabels());
        assertThat(alert.getRunbook()).isEqualTo(rule.getRunbook());
        assertThat(alert.getSentence()).contains(subject).doesNotContain("not known");
        assertThat(alert.getAsOfMs()).isGreaterThanOrEqualTo(alert.getSinceMs());
        assertThat(alert.getStalenessMs()).isNotNegative();
        assertThat(alert.getReadings()).hasSameSizeAs(rule.getConditions());
        for (int i = 0; i < alert.getReadings().size(); i++) {
            AlertReading reading = alert.getReadings().get(i);
            RuleCondition condition = rule.getConditions().get(i);
            assertThat(reading.getMetric()).isEqualTo(condition.getMetric());
            assertThat(reading.getForm()).isEqualTo(condition.getForm());
            assertThat(reading.getThreshold()).isEqualTo(condition.getThreshold());
            assertThat(reading.getUnit()).isEqualTo(unit(condition));
            assertThat(reading.getValue()).describedAs(reading.getMetric()).isNotNull();
        }
        assertThat(alert.getCoverageLong() != null && alert.getCoverageShort() != null)
                .describedAs("says how much of the open interest is observed")
                .isEqualTo(hasOpenInterest());
    }

    private String unit(RuleCondition condition) {
        return Metrics.named(SubjectKind.valueOf(rule.getKind().name()), condition.getMetric())
                .orElseThrow()
                .unit(condition.getForm())
                .text();
    }

    private boolean hasOpenInterest() {
        return switch (rule.getKind()) {
            case MARKET, VENUE, ASSET, SYSTEM -> true;
            default -> false;
        };
    }

    /** Values in the order of the conditions; NaN: any. */
    void values(List<AlertReading> readings, double... values) {
        assertThat(values).describedAs("a value of each condition").hasSameSizeAs(rule.getConditions());
        assertThat(readings).describedAs("readings").hasSameSizeAs(rule.getConditions());
        for (int i = 0; i < values.length; i++) {
            AlertReading reading = readings.get(i);
            double value = Objects.requireNonNull(reading.getValue(), reading.getMetric());
            if (!Double.isNaN(values[i])) {
                double relative = values[i] == 0 ? 1 + value : value / values[i];
                assertThat(relative)
                        .describedAs("%s: %s, expected %s", reading.getMetric(), value, values[i])
                        .isCloseTo(1, precision);
            }
        }
    }
}
