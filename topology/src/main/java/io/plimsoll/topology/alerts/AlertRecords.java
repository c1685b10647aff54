package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.AlertState;
import io.plimsoll.risk.alert.Condition;
import io.plimsoll.risk.alert.Contributor;
import io.plimsoll.risk.alert.Form;
import io.plimsoll.risk.alert.Reading;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertContributor;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes where an alert stands as the record of the contract. */
final class AlertRecords {

    private static final int MOST_CONTRIBUTORS = 10;

    private AlertRecords() {}

    static Alert alert(AlertState state) {
        return new Alert(
                state.id(),
                state.rule().id(),
                SubjectKind.valueOf(state.rule().kind().name()),
                state.subject(),
                AlertStatus.valueOf(state.status().name()),
                Severity.valueOf(state.rule().severity().name()),
                state.sequence(),
                state.sinceMs(),
                state.firedMs(),
                state.resolvedMs(),
                state.asOfMs(),
                state.stalenessMs(),
                state.coverageLong(),
                state.coverageShort(),
                state.readings().stream().map(AlertRecords::reading).toList(),
                state.contributors().stream()
                        .limit(MOST_CONTRIBUTORS)
                        .map(AlertRecords::contributor)
                        .toList(),
                null,
                state.acknowledgedBy(),
                state.silencedUntilMs(),
                state.rule().labels(),
                state.rule().runbook(),
                state.rule().owner(),
                state.sentence());
    }

    private static AlertReading reading(Reading reading) {
        Condition condition = reading.condition();
        return new AlertReading(
                condition.metric(),
                RuleForm.valueOf(condition.form().name()),
                condition.form() == Form.LEVEL ? null : (Long) condition.windowMs(),
                Comparison.valueOf(condition.comparison().name()),
                Double.isNaN(reading.value()) ? null : (Double) reading.value(),
                condition.threshold(),
                reading.unit(),
                reading.holds());
    }

    private static AlertContributor contributor(Contributor contributor) {
        return new AlertContributor(contributor.kind(), contributor.name(), contributor.value(), contributor.unit());
    }

    /** By which records can be told apart without reading them. */
    static Headers headers(Alert alert) {
        return new RecordHeaders()
                .add("severity", bytes(alert.getSeverity().name()))
                .add("subject", bytes(alert.getSubject()))
                .add("status", bytes(alert.getStatus().name()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
