package io.plimsoll.topology.order;

import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * How far a writer has come in event time, told to all who read from it, between its records. A writer is one task of a
 * floor; each input topic is a floor of its own, named by the kind of its records.
 */
public final class Marks {

    /** The floor of the account slices. */
    public static final String ACCOUNTS = "ACCOUNTS";

    /** The floor of the markets. */
    public static final String MARKETS = "MARKETS";

    private Marks() {}

    /** The mark on a partition of an input topic, on its way to the floors that read the topic. */
    public static RoutedRecord of(RecordKind kind, int partition, ReplayMark mark) {
        return mark(kind.name(), partition, mark.partitions(), mark.upToMs());
    }

    /** A mark of a task of the markets. */
    public static RoutedRecord ofMarkets(int task, int tasks, long upToMs) {
        return mark(MARKETS, task, tasks, upToMs);
    }

    private static RoutedRecord mark(String floor, int writer, int writers, long upToMs) {
        return new RoutedRecord(RecordKind.MARK, floor, upToMs, writer, (long) writers, null, List.of());
    }

    /** Whether a record is a mark. */
    public static boolean isMark(Object value) {
        return value instanceof RoutedRecord routed && routed.getKind() == RecordKind.MARK;
    }

    /** Marks go to every task that reads the topic, other records where their key says. */
    public static <T extends SpecificRecord> Repartitioned<String, T> toAll(Repartitioned<String, T> topic) {
        StreamPartitioner<String, T> partitioner =
                (name, key, value, partitions) -> isMark(value) ? Optional.of(allOf(partitions)) : Optional.empty();
        return topic.withStreamPartitioner(partitioner);
    }

    private static Set<Integer> allOf(int partitions) {
        return IntStream.range(0, partitions).boxed().collect(Collectors.toSet());
    }

    /** What may be on the way from the markets to the system. */
    public static final List<Class<? extends SpecificRecord>> TO_SYSTEM =
            List.of(MarketSummary.class, MarketHour.class, RoutedRecord.class);
}
