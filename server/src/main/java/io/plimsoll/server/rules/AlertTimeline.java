package io.plimsoll.server.rules;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Deserializer;

/** What has fired and when it was over: one record for each, by event time. */
public final class AlertTimeline {

    private AlertTimeline() {}

    /**
     * Firings and their ends on the alerts topic, up to its present end. What was pending only is left out, and what was
     * written again is there once.
     *
     * @param kafkaConfig Kafka client settings, at least {@code bootstrap.servers}
     */
    public static List<Alert> read(Map<String, ?> kafkaConfig, SchemaRegistryClient registry) {
        Deserializer<Alert> reader = new AvroSerdes(registry).of(Topics.ALERTS).deserializer();
        List<Alert> records = new ArrayList<>();
        TopicScan.read(kafkaConfig, Topics.ALERTS.name(), record -> {
            Alert alert = reader.deserialize(record.topic(), record.value());
            if (alert != null) {
                records.add(alert);
            }
        });
        return of(records);
    }

    /** The same of records, those of an episode in their order. */
    static List<Alert> of(List<Alert> records) {
        Map<String, Alert> turns = new HashMap<>();
        for (Alert alert : records) {
            if (alert.getFiredMs() != null) {
                turns.putIfAbsent(alert.getId() + alert.getStatus(), alert);
            }
        }
        return turns.values().stream()
                .sorted(Comparator.comparingLong(AlertTimeline::timeMs)
                        .thenComparing(Alert::getRuleId)
                        .thenComparing(Alert::getSubject))
                .toList();
    }

    /** Event time when it fired, or was over, epoch milliseconds. */
    public static long timeMs(Alert alert) {
        return Objects.requireNonNull(
                alert.getStatus() == AlertStatus.RESOLVED ? alert.getResolvedMs() : alert.getFiredMs());
    }
}
