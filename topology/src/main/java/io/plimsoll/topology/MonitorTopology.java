package io.plimsoll.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.accounts.PartialBooks;
import io.plimsoll.topology.alerts.AlertTerms;
import io.plimsoll.topology.alerts.Alerts;
import io.plimsoll.topology.episodes.Cascades;
import io.plimsoll.topology.intake.CheckedInputs;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.measures.Measures;
import io.plimsoll.topology.measures.SystemMeasures;
import io.plimsoll.topology.options.OptionExposures;
import io.plimsoll.topology.survey.Surveys;
import io.plimsoll.topology.system.SystemStates;
import io.plimsoll.topology.windows.WindowStores;
import io.plimsoll.topology.windows.Windows;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.KStream;

/** The whole monitor as one topology. */
public final class MonitorTopology {

    private MonitorTopology() {}

    /** Builds it: inputs, ACCOUNTS, MARKETS, SYSTEM, windows and alerts, over the topics of the catalogue. */
    public static Topology build(MonitorSettings settings, SchemaRegistryClient registry) {
        TopologyContext context = new TopologyContext(new StreamsBuilder(construction()), settings, registry);

        CheckedInputs inputs = CheckedInputs.addTo(context);
        AlertTerms terms = AlertTerms.addTo(context, inputs);
        PartialBooks slices = PartialBooks.addTo(context, inputs, terms.accounts());
        MarketStates markets = MarketStates.addTo(context, inputs, slices.books(), terms.markets());
        Cascades cascades = Cascades.addTo(context, inputs, markets.input());
        Measures measures = Measures.addTo(context, markets, cascades.markets());
        SystemStates system = SystemStates.addTo(context, markets.summaries(), measures.hours(), terms.system());
        KStream<String, SystemMeasureSet> systemMeasures = SystemMeasures.addTo(context, system);

        KStream<String, WindowState> marketWindows = Windows.addTo(
                context,
                markets.samples(),
                MarketStates.SAMPLED,
                new WindowStores("open-market-windows", MonitorStores.WINDOW_SIZES, MonitorStores::marketWindows),
                Topics.MARKET_WINDOWS,
                "market-windows");
        KStream<String, WindowState> systemWindows = Windows.addTo(
                context,
                system.samples(),
                SystemStates.SAMPLED,
                new WindowStores("open-system-windows", MonitorStores.WINDOW_SIZES, MonitorStores::systemWindows),
                Topics.SYSTEM_WINDOWS,
                "system-windows");
        KStream<String, SpecificRecord> survey = Surveys.addTo(context, slices.looks(), markets.reports());
        OptionExposures.addTo(context, inputs.options());

        KStream<String, Alert> parents = Alerts.ofSystem(
                context, system, systemMeasures, systemWindows, survey, cascades.system(), terms.system());
        Alerts.ofMarkets(
                context,
                inputs,
                markets,
                measures.records(),
                cascades.markets(),
                marketWindows,
                parents,
                terms.markets());
        Alerts.ofAccounts(context, slices, parents, terms.accounts());
        Alerts.ofFeeds(context, parents, terms.feeds());
        return context.builder().build();
    }

    /**
     * A name of ours for every node and store, since names made up by position would change with the next release; and new
     * processors for each life of a task.
     */
    private static TopologyConfig construction() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "plimsoll");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, EachLifeAnew.class.getName());
        return new TopologyConfig(new StreamsConfig(config));
    }
}
