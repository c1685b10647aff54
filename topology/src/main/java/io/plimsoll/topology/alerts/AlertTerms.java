package io.plimsoll.topology.alerts;

import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.intake.CheckedInputs;
import org.apache.kafka.streams.kstream.KStream;

/**
 * Alert rules, and what is done about alerts, on their way to every task of the places where rules are held against what
 * is published.
 */
public record AlertTerms(
        KStream<String, Object> markets,
        KStream<String, Object> system,
        KStream<String, Object> accounts,
        KStream<String, Object> feeds) {

    /** Adds the ways. */
    public static AlertTerms addTo(TopologyContext context, CheckedInputs inputs) {
        return new AlertTerms(
                to(context, inputs, "markets"),
                to(context, inputs, "system"),
                to(context, inputs, "accounts"),
                to(context, inputs, "feeds"));
    }

    private static KStream<String, Object> to(TopologyContext context, CheckedInputs inputs, String place) {
        return Alerts.toAll(context, inputs.alertTerms(), RoutedRecord.class, "alert-terms-to-" + place);
    }
}
