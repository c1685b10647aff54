package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.AlertStreams.closed;
import static io.plimsoll.topology.alerts.AlertStreams.publish;
import static io.plimsoll.topology.alerts.AlertStreams.widened;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.SubjectReading;
import io.plimsoll.topology.episodes.TakenBack;
import io.plimsoll.topology.intake.CheckedInputs;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * Alerts of markets added up, in two steps: those of the system, and those of venues, assets and windows, which may go
 * under one of the system.
 */
public final class SystemAlerts {

    private static final String SYSTEM = "system";

    private SystemAlerts() {}

    /**
     * Adds both, next to what adds the markets up.
     *
     * @param survey what surveys say, under any key
     * @param cascades what observed cascades of all markets say, under any key
     * @return alerts of the system that others go under
     */
    public static KStream<String, Alert> addTo(
            TopologyContext context,
            CheckedInputs inputs,
            KStream<String, Object> system,
            KStream<String, WindowState> windows,
            KStream<String, ?> survey,
            KStream<String, Object> cascades) {
        KStream<String, Object> terms = AlertStreams.terms(context, inputs, "system");
        KStream<String, Alert> parents = ofSystem(context, system, survey, cascades, terms);
        ofVenues(context, system, windows, parents, terms);
        return parents;
    }

    private static KStream<String, Alert> ofSystem(
            TopologyContext context,
            KStream<String, Object> system,
            KStream<String, ?> survey,
            KStream<String, Object> cascades,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_SYSTEM);
        stores.addTo(context);
        KStream<String, Object> input = system.filter(
                        (key, value) -> value instanceof SystemState state
                                && state.getSubject().equals(SYSTEM),
                        Named.as("system-to-alerts"))
                .merge(ofSurvey(context, survey), Named.as("system-and-survey-to-alerts"))
                .merge(ofCascades(context, cascades), Named.as("system-and-cascades-to-alerts"))
                .merge(terms, Named.as("alerts-of-system-input"));
        KStream<String, Alert> alerts = input.process(
                () -> new AlertsProcessor(stores, Set.of(SubjectKind.SYSTEM), null, context),
                Named.as("alerts-of-system"),
                stores.names());
        publish(context, alerts, "alerts-of-system");
        return alerts.filter(
                (key, alert) -> alert != null && alert.getLabels().containsKey(AlertStorm.GROUP),
                Named.as("alerts-with-children"));
    }

    private static KStream<String, Object> ofSurvey(TopologyContext context, KStream<String, ?> survey) {
        return toSystem(
                context,
                survey.filter(
                                (key, value) -> value instanceof CascadeRisk
                                        || value instanceof Contagion contagion
                                                && contagion.getSubject().equals(SYSTEM),
                                Named.as("survey-to-alerts"))
                        .mapValues(
                                value -> SubjectReadings.record(
                                        value instanceof CascadeRisk risk
                                                ? Observations.of(risk)
                                                : Observations.of((Contagion) value)),
                                Named.as("survey-readings-cast")),
                "survey-readings");
    }

    private static KStream<String, Object> ofCascades(TopologyContext context, KStream<String, Object> cascades) {
        return toSystem(
                context,
                cascades.filter(
                                (key, value) -> value instanceof CascadeEpisode
                                        || value instanceof TakenBack episode && episode.isCalm(),
                                Named.as("system-cascades-to-alerts"))
                        .mapValues(
                                value -> SubjectReadings.record(
                                        value instanceof CascadeEpisode episode
                                                ? Observations.of(episode)
                                                : Observations.of((TakenBack) value)),
                                Named.as("system-cascade-readings-cast")),
                "system-cascade-readings");
    }

    /** To the one task that has the system's state: whatever key a reading comes with, its rules are there. */
    private static KStream<String, Object> toSystem(
            TopologyContext context, KStream<String, SubjectReading> readings, String name) {
        return widened(
                readings.map((key, reading) -> KeyValue.pair(SYSTEM, reading), Named.as(name + "-by-subject"))
                        .repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(SubjectReading.class))
                                .withName(name)
                                .withNumberOfPartitions(context.settings().partitions())),
                name + "-widened");
    }

    private static void ofVenues(
            TopologyContext context,
            KStream<String, Object> system,
            KStream<String, WindowState> windows,
            KStream<String, Alert> parents,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_VENUES);
        stores.addTo(context);
        KStream<String, Object> input = system.filter(
                        (key, value) -> value instanceof SystemState state
                                && !state.getSubject().equals(SYSTEM),
                        Named.as("venues-to-alerts"))
                .merge(closed(windows, "system-windows-to-alerts"), Named.as("venues-and-windows-to-alerts"))
                .merge(AlertStreams.parents(context, parents, "venues"), Named.as("venues-and-parents"))
                .merge(terms, Named.as("alerts-of-venues-input"));
        publish(
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
