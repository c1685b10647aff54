package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.accounts.PartialBooks;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SubjectReading;
import io.plimsoll.topology.episodes.Cascades;
import io.plimsoll.topology.episodes.TakenBack;
import io.plimsoll.topology.intake.CheckedInputs;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.order.SecondDone;
import io.plimsoll.topology.order.Sequencer;
import io.plimsoll.topology.system.SystemStates;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * ALERTS: rules held against what is published, in the task that publishes it. Rules and actions go to every task of
 * every place; alerts of the system under which others go, to every task of every other place.
 */
public final class Alerts {

    private static final String SYSTEM = "system";

    private Alerts() {}

    /**
     * Alerts about markets and their windows: next to what makes their states, measures, cascade risks, episodes and
     * windows.
     *
     * @param parents alerts of the system, under which others go
     */
    public static void ofMarkets(
            TopologyContext context,
            CheckedInputs inputs,
            MarketStates markets,
            KStream<String, MeasureSet> measures,
            KStream<String, Object> cascades,
            KStream<String, WindowState> windows,
            KStream<String, Alert> parents,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_MARKETS);
        stores.addTo(context);
        KStream<String, Object> depth = context.settings().isInEventOrder()
                ? markets.input()
                        .filter(
                                (key, value) -> value instanceof SecondDone
                                        || value instanceof RoutedRecord routed && routed.getKind() == RecordKind.DEPTH,
                                Named.as("depth-and-seconds-to-alerts"))
                : widened(inputs.depth(), "depth-to-alerts");
        KStream<String, Object> input = markets.records()
                .filter(
                        (key, value) -> value instanceof MarketState || value instanceof CascadeRisk,
                        Named.as("markets-to-alerts"))
                .merge(widened(measures, "measures-to-alerts"), Named.as("markets-and-measures-to-alerts"))
                .merge(
                        cascades.filter(
                                (key, value) -> value instanceof CascadeEpisode
                                        || value instanceof TakenBack
                                        || value instanceof ForcedCell,
                                Named.as("market-cascades-to-alerts")),
                        Named.as("markets-and-cascades-to-alerts"))
                .merge(depth, Named.as("markets-and-depth-to-alerts"))
                .merge(closed(windows, "market-windows-to-alerts"), Named.as("markets-and-windows-to-alerts"))
                .merge(
                        toAll(context, parents, Alert.class, "system-alerts-to-markets"),
                        Named.as("markets-and-parents"))
                .merge(terms, Named.as("alerts-of-markets-input"));
        publish(
                context,
                input.process(
                        () -> new AlertsProcessor(
                                stores,
                                Set.of(SubjectKind.MARKET, SubjectKind.WINDOW),
                                Cascades.FORCED_MINUTES,
                                context),
                        Named.as("alerts-of-markets"),
                        stores.names(Cascades.FORCED_MINUTES)),
                "alerts-of-markets");
    }

    /**
     * Alerts about the system: next to what adds the markets up, with what surveys and episodes say; and behind them those
     * about venues, assets and windows of markets added up. Yields those of the system that others go under.
     */
    public static KStream<String, Alert> ofSystem(
            TopologyContext context,
            SystemStates system,
            KStream<String, SystemMeasureSet> measures,
            KStream<String, WindowState> windows,
            KStream<String, ?> survey,
            KStream<String, Object> cascades,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_SYSTEM);
        stores.addTo(context);
        KStream<String, SubjectReading> ofSurvey = survey.filter(
                        (subject, value) -> subject.equals(SYSTEM), Named.as("survey-to-alerts"))
                .mapValues(value -> SubjectReadings.record(Observations.ofSurvey(value)), Named.as("survey-readings"));
        KStream<String, SubjectReading> ofCascades = cascades.filter(
                        (key, value) -> value instanceof CascadeEpisode
                                || value instanceof TakenBack episode && episode.isCalm(),
                        Named.as("system-cascades-to-alerts"))
                .map(
                        (key, value) -> KeyValue.pair(
                                SYSTEM, // not the episode's key: to the task that has the system's state
                                SubjectReadings.record(
                                        value instanceof CascadeEpisode episode
                                                ? Observations.of(episode)
                                                : Observations.of((TakenBack) value))),
                        Named.as("system-cascade-readings"));
        KStream<String, Object> states = system.records()
                .filter(
                        (key, value) -> value instanceof SystemState state
                                && state.getSubject().equals(SYSTEM),
                        Named.as("system-to-alerts"))
                .merge(
                        TopologyContext.widened(measures.filter(
                                (subject, value) -> subject.equals(SYSTEM), Named.as("measures-of-system-to-alerts"))),
                        Named.as("system-and-measures-to-alerts"));
        // What comes by other ways has no place in event time: such metrics are not known there.
        KStream<String, Object> readings = context.settings().isInEventOrder()
                ? Sequencer.withSeconds(context, states, system.input(), "seconds-to-alerts-of-system")
                : states.merge(toSystem(context, ofSurvey, "survey-readings"), Named.as("system-and-survey-to-alerts"))
                        .merge(
                                toSystem(context, ofCascades, "system-cascade-readings"),
                                Named.as("system-and-cascades-to-alerts"));
        KStream<String, Object> input = readings.merge(terms, Named.as("alerts-of-system-input"));
        KStream<String, Alert> alerts = input.process(
                () -> new AlertsProcessor(stores, Set.of(SubjectKind.SYSTEM), null, context),
                Named.as("alerts-of-system"),
                stores.names());
        publish(context, alerts, "alerts-of-system");
        KStream<String, Alert> parents = alerts.filter(
                (key, alert) -> alert != null && alert.getLabels().containsKey(AlertStorm.GROUP),
                Named.as("alerts-with-children"));
        VenueAlerts.addTo(context, system, measures, windows, parents, terms);
        return parents;
    }

    /** Alerts about accounts: next to what watches them. */
    public static void ofAccounts(
            TopologyContext context,
            PartialBooks accounts,
            KStream<String, Alert> parents,
            KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_ACCOUNTS);
        stores.addTo(context);
        KStream<String, Object> risks = widened(accounts.risks(), "accounts-to-alerts-widened");
        KStream<String, Object> input = Sequencer.withSeconds(
                        context, risks, accounts.input(), "seconds-to-alerts-of-accounts")
                .merge(
                        toAll(context, parents, Alert.class, "system-alerts-to-accounts"),
                        Named.as("accounts-and-parents"))
                .merge(terms, Named.as("alerts-of-accounts-input"));
        publish(
                context,
                input.process(
                        () -> new AlertsProcessor(stores, Set.of(SubjectKind.ACCOUNT), null, context),
                        Named.as("alerts-of-accounts"),
                        stores.names()),
                "alerts-of-accounts");
    }

    /** Alerts about feeds: from what every intake says of what it reads. */
    public static void ofFeeds(TopologyContext context, KStream<String, Alert> parents, KStream<String, Object> terms) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_FEEDS);
        stores.addTo(context);
        context.builder()
                .addStateStore(context.store(FeedAlertsProcessor.REPORTS, FeedReport.class))
                .addStateStore(LatestStore.<FeedMoment>builder(MonitorStores.FEEDS));
        KStream<String, Object> reports = widened(
                context.builder().stream(
                        context.settings().alerts().feedsTopic(),
                        Consumed.with(Serdes.String(), InternalSerdes.of(FeedReport.class))
                                .withName("feeds-source")),
                "feeds-to-alerts");
        publish(
                context,
                reports.merge(
                                toAll(context, parents, Alert.class, "system-alerts-to-feeds"),
                                Named.as("feeds-and-parents"))
                        .merge(terms, Named.as("alerts-of-feeds-input"))
                        .process(
                                () -> new FeedAlertsProcessor(stores, context),
                                Named.as("alerts-of-feeds"),
                                stores.names(FeedAlertsProcessor.REPORTS, MonitorStores.FEEDS)),
                "alerts-of-feeds");
    }

    static <T extends SpecificRecord> KStream<String, Object> toAll(
            TopologyContext context, KStream<String, T> stream, Class<T> type, String name) {
        return widened(
                stream.repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(type))
                        .withName(name)
                        .withNumberOfPartitions(context.settings().partitions())
                        .withStreamPartitioner(
                                (topic, key, value, partitions) -> Optional.of(CheckedInputs.allOf(partitions)))),
                name + "-widened");
    }

    private static KStream<String, Object> toSystem(
            TopologyContext context, KStream<String, SubjectReading> readings, String name) {
        return widened(
                readings.repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(SubjectReading.class))
                        .withName(name)
                        .withNumberOfPartitions(context.settings().partitions())),
                name + "-widened");
    }

    /** Windows that change no more. */
    static KStream<String, Object> closed(KStream<String, WindowState> windows, String name) {
        return widened(windows.filter((key, window) -> window.getIsFinal(), Named.as(name)), name + "-widened");
    }

    private static KStream<String, Object> widened(KStream<String, ?> stream, String name) {
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
