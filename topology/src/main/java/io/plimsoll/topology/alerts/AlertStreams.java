package io.plimsoll.topology.alerts;

import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.intake.CheckedInputs;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** What every place where alerts are made has: its way in for rules and parents, and its way out. */
final class AlertStreams {

    private AlertStreams() {}

    /** Rules and actions, to every task of a place. */
    static KStream<String, Object> terms(TopologyContext context, CheckedInputs inputs, String place) {
        return toAll(context, inputs.alertTerms(), RoutedRecord.class, "alert-terms-to-" + place);
    }

    /** Alerts of the system under which others go, to every task of a place. */
    static KStream<String, Object> parents(TopologyContext context, KStream<String, Alert> parents, String place) {
        return toAll(context, parents, Alert.class, "system-alerts-to-" + place);
    }

    private static <T extends SpecificRecord> KStream<String, Object> toAll(
            TopologyContext context, KStream<String, T> stream, Class<T> type, String name) {
        return widened(
                stream.repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(type))
                        .withName(name)
                        .withNumberOfPartitions(context.settings().partitions())
                        .withStreamPartitioner(
                                (topic, key, value, partitions) -> Optional.of(CheckedInputs.allOf(partitions)))),
                name + "-widened");
    }

    /** Windows that change no more. */
    static KStream<String, Object> closed(KStream<String, WindowState> windows, String name) {
        return widened(windows.filter((key, window) -> window.getIsFinal(), Named.as(name)), name + "-widened");
    }

    static KStream<String, Object> widened(KStream<String, ?> stream, String name) {
        return stream.mapValues(value -> (Object) value, Named.as(name));
    }

    /** Alerts, and tombstones of those that have left the board. */
    static void publish(TopologyContext context, KStream<String, Alert> alerts, String name) {
        alerts.to(
                Topics.ALERTS.name(),
                Produced.with(Serdes.String(), new AvroSerdes(context.registry()).of(Topics.ALERTS))
                        .withName(name + "-sink"));
    }
}
