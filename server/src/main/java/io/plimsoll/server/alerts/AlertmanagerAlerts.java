package io.plimsoll.server.alerts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.AlertStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Alerts in the words of Alertmanager's second interface. An alert is known there by its labels, so these must stay the same
 * while it lasts: whatever changes is an annotation, the episode's id too.
 */
final class AlertmanagerAlerts {

    /** Most alerts of one request. */
    static final int AT_ONCE = 50;

    private final String linksTo;
    private final Duration validity;

    /**
     * A writer.
     *
     * @param linksTo address of this program's HTTP server, without a slash at its end
     * @param validity time after which the receiver takes an alert for resolved that was not sent again
     */
    AlertmanagerAlerts(String linksTo, Duration validity) {
        this.linksTo = linksTo;
        this.validity = validity;
    }

    /** The body of one request. */
    ArrayNode body(Collection<Alert> alerts, long nowMs) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        alerts.forEach(alert -> body.add(json(alert, nowMs)));
        return body;
    }

    private ObjectNode json(Alert alert, long nowMs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode labels = json.putObject("labels");
        alert.getLabels().forEach((name, value) -> put(labels, labelName(name), value));
        put(labels, "alertname", alert.getRuleId());
        put(labels, "severity", alert.getSeverity().name().toLowerCase(Locale.ROOT));
        put(labels, "subject", alert.getSubject());
        put(labels, "kind", alert.getKind().name().toLowerCase(Locale.ROOT));

        ObjectNode annotations = json.putObject("annotations");
        put(annotations, "summary", alert.getSentence());
        put(annotations, "id", alert.getId());
        put(annotations, "runbook_url", alert.getRunbook());
        put(annotations, "owner", alert.getOwner());
        put(annotations, "parent", alert.getParent());
        put(annotations, "as_of", Instant.ofEpochMilli(alert.getAsOfMs()).toString());
        put(annotations, "staleness_ms", Long.toString(alert.getStalenessMs()));
        put(annotations, "readings", readings(alert));
        put(annotations, "contributors", contributors(alert));

        long startsMs = Objects.requireNonNullElse(alert.getFiredMs(), alert.getSinceMs());
        json.put("startsAt", Instant.ofEpochMilli(startsMs).toString());
        json.put("endsAt", Instant.ofEpochMilli(endsMs(alert, startsMs, nowMs)).toString());
        json.put(
                "generatorURL", linksTo + "/api/v1/alerts/" + URLEncoder.encode(alert.getId(), StandardCharsets.UTF_8));
        return json;
    }

    /** It may not lie before the start, which would be refused. */
    private long endsMs(Alert alert, long startsMs, long nowMs) {
        if (alert.getStatus() != AlertStatus.RESOLVED) {
            return Math.max(nowMs, startsMs) + validity.toMillis();
        }
        return Math.max(Objects.requireNonNullElse(alert.getResolvedMs(), alert.getAsOfMs()), startsMs);
    }

    private static String readings(Alert alert) {
        return alert.getReadings().stream().map(AlertmanagerAlerts::reading).collect(Collectors.joining("; "));
    }

    private static String reading(AlertReading reading) {
        return reading.getMetric() + " " + reading.getForm().name().toLowerCase(Locale.ROOT) + " "
                + (reading.getValue() == null ? "not known" : reading.getValue()) + " " + reading.getUnit() + " ("
                + reading.getComparison().name().toLowerCase(Locale.ROOT) + " " + reading.getThreshold() + ")";
    }

    private static String contributors(Alert alert) {
        return alert.getContributors().stream()
                .map(each -> each.getKind() + " " + each.getName() + " " + each.getValue() + " " + each.getUnit())
                .collect(Collectors.joining("; "));
    }

    /** An empty label is none there. */
    private static void put(ObjectNode object, String name, @Nullable String text) {
        if (text != null && !text.isEmpty()) {
            object.put(name, text);
        }
    }

    /** Older Alertmanagers take only names such as these. */
    private static String labelName(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9_]", "_");
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "_" + plain : plain;
    }
}
