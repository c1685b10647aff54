package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.AlertStreams.closed;
import static io.plimsoll.topology.alerts.AlertStreams.parents;
import static io.plimsoll.topology.alerts.AlertStreams.publish;
import static io.plimsoll.topology.alerts.AlertStreams.terms;
import static io.plimsoll.topology.alerts.AlertStreams.widened;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.episodes.Cascades;
import io.plimsoll.topology.episodes.TakenBack;
import io.plimsoll.topology.intake.CheckedInputs;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;

/**
 * ALERTS: rules held against what is published, in the task that publishes it. Rules and actions go to every task of
 * every place, and so do alerts of the system under which others go; those of markets added up are in
 * {@link SystemAlerts}.
 */
public final class Alerts {

    private Alerts() {}

    /**
     * Alerts about markets and their windows: next to what makes their states, cascade risks, episodes and windows.
     *
     * @param parents alerts of the system, under which others go
     */
    public static void ofMarkets(
            TopologyContext context,
            CheckedInputs inputs,
            KStream<String, Object> markets,
            KStream<String, Object> cascades,
            KStream<String, WindowState> windows,
            KStream<String, Alert> parents) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_MARKETS);
        stores.addTo(context);
        KStream<String, Object> input = markets.filter(
                        (key, value) -> value instanceof MarketState || value instanceof CascadeRisk,
                        Named.as("markets-to-alerts"))
                .merge(
                        cascades.filter(
                                (key, value) -> value instanceof CascadeEpisode
                                        || value instanceof TakenBack
                                        || value instanceof ForcedCell,
                                Named.as("market-cascades-to-alerts")),
                        Named.as("markets-and-cascades-to-alerts"))
                .merge(widened(inputs.depth(), "depth-to-alerts"), Named.as("markets-and-depth-to-alerts"))
                .merge(closed(windows, "market-windows-to-alerts"), Named.as("markets-and-windows-to-alerts"))
                .merge(parents(context, parents, "markets"), Named.as("markets-and-parents"))
                .merge(terms(context, inputs, "markets"), Named.as("alerts-of-markets-input"));
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

    /** Alerts about accounts: next to what watches them. */
    public static void ofAccounts(
            TopologyContext context,
            CheckedInputs inputs,
            KStream<String, AccountRisk> accounts,
            KStream<String, Alert> parents) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_ACCOUNTS);
        stores.addTo(context);
        KStream<String, Object> input = widened(accounts, "accounts-to-alerts-widened")
                .merge(parents(context, parents, "accounts"), Named.as("accounts-and-parents"))
                .merge(terms(context, inputs, "accounts"), Named.as("alerts-of-accounts-input"));
        publish(
                context,
                input.process(
                        () -> new AlertsProcessor(stores, Set.of(SubjectKind.ACCOUNT), null, context),
                        Named.as("alerts-of-accounts"),
                        stores.names()),
                "alerts-of-accounts");
    }

    /** Alerts about feeds: from what every intake says of what it reads. */
    public static void ofFeeds(TopologyContext context, CheckedInputs inputs, KStream<String, Alert> parents) {
        AlertStores stores = AlertStores.of(MonitorStores.ALERTS_OF_FEEDS);
        stores.addTo(context);
        context.builder().addStateStore(context.store(FeedAlertsProcessor.REPORTS, FeedReport.class));
        KStream<String, Object> reports = widened(
                context.builder().stream(
                        context.settings().alerts().feedsTopic(),
                        Consumed.with(Serdes.String(), InternalSerdes.of(FeedReport.class))
                                .withName("feeds-source")),
                "feeds-to-alerts");
        publish(
                context,
                reports.merge(parents(context, parents, "feeds"), Named.as("feeds-and-parents"))
                        .merge(terms(context, inputs, "feeds"), Named.as("alerts-of-feeds-input"))
                        .process(
                                () -> new FeedAlertsProcessor(stores, context),
                                Named.as("alerts-of-feeds"),
                                stores.names(FeedAlertsProcessor.REPORTS)),
                "alerts-of-feeds");
    }
}
