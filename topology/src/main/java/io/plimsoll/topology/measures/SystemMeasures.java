package io.plimsoll.topology.measures;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.CycleMemory;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.avro.SubjectMarket;
import io.plimsoll.topology.system.SystemStates;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;

/** Measures of system, venues and assets: next to what adds the markets up. */
public final class SystemMeasures {

    private SystemMeasures() {}

    /** Adds the stores, the processor and the topic. Yields the records, by subject. */
    public static KStream<String, SystemMeasureSet> addTo(TopologyContext context, SystemStates system) {
        context.builder()
                .addStateStore(LatestStore.<SystemMeasureSet>builder(MonitorStores.SYSTEM_MEASURES))
                .addStateStore(Stores.keyValueStoreBuilder(
                                // On disk: it is read at a start only, the rest of the time it is in memory as numbers.
                                Stores.persistentKeyValueStore(SystemMeasuresProcessor.HISTORY),
                                Serdes.String(),
                                InternalSerdes.of(MeasureSample.class))
                        .withCachingEnabled())
                .addStateStore(context.store(SystemMeasuresProcessor.MARKETS, SubjectMarket.class))
                .addStateStore(context.store(SystemMeasuresProcessor.PHASES, CycleMemory.class));
        boolean measured = context.settings().measures().groups().contains(MeasureGroup.CYCLE);
        KStream<String, SystemMeasureSet> measures = system.input()
                .filter((key, value) -> value instanceof MarketHour, Named.as("hours-to-system-measures"))
                .merge(
                        system.records()
                                .filter(
                                        (key, value) -> measured && value instanceof SystemState,
                                        Named.as("system-to-measures")),
                        Named.as("system-measures-input"))
                .process(
                        () -> new SystemMeasuresProcessor(measured),
                        Named.as("measures-of-subjects"),
                        MonitorStores.SYSTEM_MEASURES,
                        SystemMeasuresProcessor.HISTORY,
                        SystemMeasuresProcessor.MARKETS,
                        SystemMeasuresProcessor.PHASES,
                        MonitorStores.SYSTEM_STATES);
        context.publish(measures, Topics.SYSTEM_MEASURES, "system-measures");
        return measures;
    }
}
