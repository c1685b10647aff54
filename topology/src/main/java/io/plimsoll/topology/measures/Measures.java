package io.plimsoll.topology.measures;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.CycleMemory;
import io.plimsoll.topology.avro.EarningsDay;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.episodes.Cascades;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.order.Sequencer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.Stores;

/**
 * MEASURES: next to what makes the markets' states, ladders and cascade risks.
 *
 * @param records the records, by market
 * @param hours what markets add to the cycle of venue, asset and system, by market
 */
public record Measures(KStream<String, MeasureSet> records, KStream<String, MarketHour> hours) {

    /**
     * Adds the stores, the processor and the topic.
     *
     * @param cascades minutes of forced volume, by market
     */
    public static Measures addTo(TopologyContext context, MarketStates markets, KStream<String, Object> cascades) {
        context.builder()
                .addStateStore(LatestStore.<MeasureSet>builder(MonitorStores.MARKET_MEASURES))
                .addStateStore(Stores.keyValueStoreBuilder(
                                // On disk: it is read at a start only, the rest of the time it is in memory as numbers.
                                Stores.persistentKeyValueStore(MeasuresProcessor.HISTORY),
                                Serdes.String(),
                                InternalSerdes.of(MeasureSample.class))
                        .withCachingEnabled())
                .addStateStore(context.store(CycleGroup.PHASES, CycleMemory.class))
                .addStateStore(Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(EfficiencyGroup.DAYS),
                                Serdes.String(),
                                InternalSerdes.of(EarningsDay.class))
                        .withCachingEnabled());
        KStream<String, Object> input = markets.records()
                .filter(
                        (key, value) ->
                                value instanceof MarketState || value instanceof Ladder || value instanceof CascadeRisk,
                        Named.as("markets-to-measures"))
                .merge(
                        cascades.filter(
                                (key, value) -> value instanceof ForcedCell, Named.as("forced-minutes-to-measures")),
                        Named.as("measures-input"));
        KStream<String, SpecificRecord> measures = Sequencer.withSeconds(
                        context, input, markets.input(), "seconds-to-measures")
                .process(
                        () -> new MeasuresProcessor(context.settings(), context.reader(Topics.DEPTH)),
                        Named.as("measures"),
                        MonitorStores.MARKET_MEASURES,
                        MeasuresProcessor.HISTORY,
                        CycleGroup.PHASES,
                        EfficiencyGroup.DAYS,
                        MonitorStores.MARKET_STATES,
                        MonitorStores.LADDERS,
                        MonitorStores.CASCADE_MOMENTS,
                        MarketStates.DEPTHS,
                        Cascades.FORCED_MINUTES);
        context.publish(measures, Topics.MARKET_MEASURES, "market-measures");
        return new Measures(
                TopologyContext.only(measures, MeasureSet.class, "measures-of-markets"),
                TopologyContext.only(measures, MarketHour.class, "hours-of-markets"));
    }
}
