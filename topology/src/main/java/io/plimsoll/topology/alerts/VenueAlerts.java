package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.order.Sequencer;
import io.plimsoll.topology.system.SystemStates;
import java.util.Set;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * Alerts about venues, assets and windows of markets added up, each in the task that adds it up. They may go under an alert of
 * the system, which is made in one of these tasks: so they are a step of their own behind it, with a topic between.
 */
final class VenueAlerts {

    private static final String SYSTEM = "system";

    private VenueAlerts() {}

    static void addTo(
            TopologyContext context,
            SystemStates system,
            KStream<String, SystemMeasureSet> measures,
            KStream<String, WindowState> windows,
            KStream<String, Alert> parents,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_VENUES);
        stores.addTo(context);
        KStream<String, Object> states = system.records()
                .filter(
                        (key, value) -> value instanceof SystemState state
                                && !state.getSubject().equals(SYSTEM),
                        Named.as("venues-to-alerts"))
                .merge(
                        TopologyContext.widened(measures.filter(
                                (subject, value) -> !subject.equals(SYSTEM), Named.as("measures-of-venues-to-alerts"))),
                        Named.as("venues-and-measures-to-alerts"));
        KStream<String, Object> input = Sequencer.withSeconds(
                        context, states, system.input(), "seconds-to-alerts-of-venues")
                .merge(Alerts.closed(windows, "system-windows-to-alerts"), Named.as("venues-and-windows-to-alerts"))
                .merge(
                        Alerts.toAll(context, parents, Alert.class, "system-alerts-to-venues"),
                        Named.as("venues-and-parents"))
                .merge(terms, Named.as("alerts-of-venues-input"));
        Alerts.publish(
                context,
                input.process(
                        () -> new AlertsProcessor(
                                stores,
                                Set.of(SubjectKind.VENUE, SubjectKind.ASSET, SubjectKind.WINDOW),
                                null,
                                context),
                        Named.as("alerts-of-venues"),
                        stores.names()),
                "alerts-of-venues");
    }
}
