package io.plimsoll.server.alerts;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertContributor;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.List;
import java.util.Map;

/** Alerts for tests, and a feed without Kafka. */
public final class Alerts {

    static {
        AvroSerdes.trustOwnRecords();
    }

    /** Event time at which they begin. */
    public static final long SINCE_MS = 1_770_292_800_000L;

    private Alerts() {}

    /** Key on the topic. */
    public static String key(Alert alert) {
        return alert.getRuleId() + "|" + alert.getSubject();
    }

    /** An alert as it stands at a sequence number; it has fired unless it is PENDING. */
    public static Alert alert(String rule, String subject, AlertStatus status, int sequence) {
        return Alert.newBuilder()
                .setId(id(rule, subject))
                .setRuleId(rule)
                .setKind(SubjectKind.MARKET)
                .setSubject(subject)
                .setStatus(status)
                .setSeverity(Severity.CRITICAL)
                .setSequence(sequence)
                .setSinceMs(SINCE_MS)
                .setFiredMs(status == AlertStatus.PENDING ? null : SINCE_MS + 60_000)
                .setResolvedMs(status == AlertStatus.RESOLVED ? SINCE_MS + 120_000 : null)
                .setAsOfMs(SINCE_MS + 60_000 + sequence)
                .setStalenessMs(250)
                .setReadings(List.of(AlertReading.newBuilder()
                        .setMetric("tippingDistanceDown")
                        .setForm(RuleForm.LEVEL)
                        .setComparison(Comparison.BELOW)
                        .setValue(0.032)
                        .setThreshold(0.05)
                        .setUnit("fraction")
                        .setHolds(true)
                        .build()))
                .setContributors(List.of(new AlertContributor("account", "hyperliquid:0xab", 1e6, "USD")))
                .setLabels(Map.of("desk", "perps", "page-group", "night"))
                .setRunbook("https://runbooks.example/tipping")
                .setOwner("risk")
                .setSentence("Tipping point of " + subject + " is 3.2 % away (fires below 5 %).")
                .build();
    }

    /** The one episode of a rule and subject. */
    public static String id(String rule, String subject) {
        return Integer.toHexString((rule + "|" + subject).hashCode());
    }

    /** A feed without Kafka. */
    public static AlertFeed feed(int mostAlerts, int mostChanges) {
        return new AlertFeed(mostAlerts, mostChanges);
    }

    /** Puts a change into it. */
    public static void take(AlertFeed feed, AlertChange change) {
        feed.take(change);
    }

    /** The change that puts it on the board. */
    public static AlertChange change(int partition, long offset, Alert alert) {
        return new AlertChange(key(alert), partition, offset, alert.getAsOfMs(), alert);
    }

    /** The change that takes it off. */
    public static AlertChange removal(int partition, long offset, Alert alert) {
        return new AlertChange(key(alert), partition, offset, alert.getAsOfMs(), null);
    }
}
