package io.plimsoll.topology.system;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.order.Marks;
import io.plimsoll.topology.order.Sequencer;
import io.plimsoll.topology.windows.Sample;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * SYSTEM: markets added up by venue, by asset and all together.
 *
 * @param input summaries of markets, in the order in which they count
 * @param records everything that is told of subjects, by subject
 * @param samples samples for windows, by subject
 */
public record SystemStates(
        KStream<String, Object> input, KStream<String, Object> records, KStream<String, Sample> samples) {

    /** Names of the metrics in the samples, in their order. */
    public static final List<String> SAMPLED = SystemSums.WINDOWED;

    /** The subject that every market belongs to. */
    private static final String ALL = "system";

    /**
     * Adds the system's stores, processor and topic.
     *
     * @param hours what markets add to the measures of their subjects: goes the same way, and comes in the same order
     */
    public static SystemStates addTo(
            TopologyContext context,
            KStream<String, SpecificRecord> summaries,
            KStream<String, MarketHour> hours,
            KStream<String, Object> terms) {
        context.builder()
                .addStateStore(context.store(SystemProcessor.SUMMARIES, MarketSummary.class))
                .addStateStore(context.store(MonitorStores.SYSTEM_STATES, SystemState.class));
        Repartitioned<String, SpecificRecord> topic = Repartitioned.with(
                        Serdes.String(), InternalSerdes.ofAny(Marks.TO_SYSTEM))
                .withName("subjects")
                .withNumberOfPartitions(context.settings().partitions());
        KStream<String, SpecificRecord> bySubject = summaries
                .merge(TopologyContext.widened(hours), Named.as("summaries-and-hours"))
                .flatMap(SystemStates::bySubject, Named.as("subjects-of-market"))
                .repartition(context.settings().isInEventOrder() ? Marks.toAll(topic) : topic);
        KStream<String, Object> input =
                Sequencer.inOrder(context, TopologyContext.widened(bySubject), terms, "system", Set.of(Marks.MARKETS));
        KStream<String, Object> system = input.process(
                () -> new SystemProcessor(context.settings()),
                Named.as("system"),
                SystemProcessor.SUMMARIES,
                MonitorStores.SYSTEM_STATES);
        context.publish(system, Topics.SYSTEM_STATE, "system-state");
        return new SystemStates(input, system, TopologyContext.only(system, Sample.class, "system-samples"));
    }

    private static List<KeyValue<String, SpecificRecord>> bySubject(String market, SpecificRecord record) {
        if (record instanceof MarketSummary summary) {
            return toEach(summary.getVenue(), summary.getBaseAsset(), record);
        }
        return record instanceof MarketHour hour
                ? toEach(hour.getVenue(), hour.getBaseAsset(), record)
                : List.of(KeyValue.pair(market, record));
    }

    private static List<KeyValue<String, SpecificRecord>> toEach(
            String venue, String baseAsset, SpecificRecord record) {
        return List.of(
                KeyValue.pair(ALL, record),
                KeyValue.pair("venue:" + venue, record),
                KeyValue.pair("asset:" + baseAsset, record));
    }
}
