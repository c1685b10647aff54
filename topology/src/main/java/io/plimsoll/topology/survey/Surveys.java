package io.plimsoll.topology.survey;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.avro.SurveyReport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** SURVEY: the slices' looks at all their accounts, met with what forced trades do to each market. */
public final class Surveys {

    /** The one subject, and so the one task, that everything of a survey goes to. */
    public static final String SYSTEM = "system";

    private Surveys() {}

    /**
     * Adds the survey's stores, processor and topics; yields what is published.
     *
     * @param looks reports of slices, under any key
     * @param markets reports of markets, under any key
     */
    public static KStream<String, SpecificRecord> addTo(
            TopologyContext context, KStream<String, SurveyReport> looks, KStream<String, MarketReport> markets) {
        context.builder()
                .addStateStore(context.store(SurveyProcessor.MARKETS, MarketReport.class))
                .addStateStore(context.store(MonitorStores.SYSTEM_CASCADE_RISK, CascadeRisk.class))
                .addStateStore(context.store(MonitorStores.CONTAGION, Contagion.class))
                .addStateStore(context.store(MonitorStores.COLLATERAL_STATES, CollateralState.class));
        KStream<String, SpecificRecord> system = toSystem(context, looks, SurveyReport.class, "looks")
                .merge(toSystem(context, markets, MarketReport.class, "market-reports"), Named.as("survey-input"))
                .process(
                        () -> new SurveyProcessor(context.settings()),
                        Named.as("survey"),
                        SurveyProcessor.MARKETS,
                        MonitorStores.SYSTEM_CASCADE_RISK,
                        MonitorStores.CONTAGION,
                        MonitorStores.COLLATERAL_STATES);
        context.publish(system, Topics.CASCADE_RISK, "system-cascade-risk");
        context.publish(system, Topics.CONTAGION, "contagion");
        context.publish(system, Topics.COLLATERAL_STATE, "collateral-state");
        return system;
    }

    private static <T extends SpecificRecord> KStream<String, SpecificRecord> toSystem(
            TopologyContext context, KStream<String, T> reports, Class<T> type, String name) {
        return reports.selectKey((key, report) -> SYSTEM, Named.as(name + "-to-system"))
                .repartition(Repartitioned.with(Serdes.String(), InternalSerdes.of(type))
                        .withName(name)
                        .withNumberOfPartitions(context.settings().partitions()))
                .mapValues(report -> (SpecificRecord) report, Named.as(name + "-widened"));
    }
}
