package io.plimsoll.topology.order;

import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.BookReport;
import io.plimsoll.topology.avro.HeldRecord;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Puts what reaches a task by several ways in order of event time: holds it until every writer has come as far, and
 * forwards whole seconds, each with a {@link SecondDone} behind it.
 *
 * <p>Within a second records go by millisecond, then by kind, then by what they are about, then as their writer wrote
 * them. So the order is that of the records alone, however they arrived. What waits is in a store that is committed
 * together with what was read, and a second is forwarded whole or not at all: with exactly-once processing a crash leaves
 * no trace.
 *
 * <p>A record that a writer brings late, behind its own mark, has its turn right after that mark. Where a replay begins
 * anew, what an earlier one had brought is not taken a second time.
 */
public final class Sequencer extends ContextualProcessor<String, Object, String, Object> {

    private static final String RELEASED = "released";

    /** What waits. {@code number} counts arrivals. */
    private record Held(long number, HeldRecord record, SpecificRecord value) {}

    private static final Comparator<Held> TURN = Comparator.<Held>comparingLong(
                    held -> held.record().getTurnMs())
            .thenComparingInt(held -> held.record().getRank())
            .thenComparing(held -> held.record().getName())
            .thenComparingLong(Held::number);

    private final String storeName;
    private final MonitorSettings settings;
    private final Set<String> floors;
    private final Serde<SpecificRecord> serde =
            InternalSerdes.ofAny(List.of(RoutedRecord.class, BookReport.class, MarketSummary.class, MarketHour.class));
    private final TreeSet<Held> held = new TreeSet<>(TURN);
    private KeyValueStore<Long, HeldRecord> store;
    private WriterProgress progress;
    private long nextNumber;
    private long releasedMs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    Sequencer(String name, MonitorSettings settings, Set<String> floors) {
        this.storeName = name;
        this.settings = settings;
        this.floors = floors;
    }

    /**
     * The same stream in order of event time with a {@link SecondDone} behind each second, and without marks; where
     * records are to be taken as they arrive, the stream itself.
     *
     * @param terms alert rules and actions on their way to the place: they are in force before the first record
     * @param name of the place
     * @param floors whose writers' marks are in the stream, all of them
     */
    public static KStream<String, Object> inOrder(
            TopologyContext context,
            KStream<String, Object> stream,
            KStream<String, Object> terms,
            String name,
            Set<String> floors) {
        if (!context.settings().isInEventOrder()) {
            return stream;
        }
        Set<String> all = new HashSet<>(floors);
        all.add(RecordKind.RULE.name());
        all.add(RecordKind.ALERT_ACTION.name());
        context.builder()
                .addStateStore(Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(held(name)),
                                Serdes.Long(),
                                InternalSerdes.of(HeldRecord.class))
                        .withCachingEnabled())
                .addStateStore(context.store(progress(name), Serdes.Long()).withCachingEnabled());
        return stream.merge(
                        terms.filter((key, value) -> Marks.isMark(value), Named.as(name + "-marks-of-terms")),
                        Named.as(name + "-and-marks"))
                .process(
                        () -> new Sequencer(name, context.settings(), all),
                        Named.as(name + "-in-order"),
                        held(name),
                        progress(name));
    }

    /** A stream with the {@link SecondDone} of another beside it, where there are any. */
    public static KStream<String, Object> withSeconds(
            TopologyContext context, KStream<String, Object> stream, KStream<String, Object> inOrder, String name) {
        if (!context.settings().isInEventOrder()) {
            return stream;
        }
        return stream.merge(
                inOrder.filter((key, value) -> value instanceof SecondDone, Named.as(name)),
                Named.as(name + "-merged"));
    }

    private static String held(String name) {
        return name + "-held";
    }

    private static String progress(String name) {
        return name + "-progress";
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        store = context.getStateStore(held(storeName));
        progress = new WriterProgress(context.getStateStore(progress(storeName)), floors);
        releasedMs = progress.kept(RELEASED, -1);
        try (KeyValueIterator<Long, HeldRecord> all = store.all()) {
            all.forEachRemaining(row -> {
                nextNumber = Math.max(nextNumber, row.key + 1);
                held.add(new Held(row.key, row.value, decoded(row.value)));
            });
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof RoutedRecord routed) {
            if (routed.getKind() == RecordKind.MARK) {
                mark(routed.getKey(), routed.getPartition(), (int) routed.getOffset(), routed.getEventTimeMs());
            } else {
                String writer = WriterProgress.writer(floor(routed.getKind()), routed.getPartition());
                hold(writer, routed.getEventTimeMs(), routed.getKind().ordinal(), routed.getKey(), record, routed);
            }
        } else if (record.value() instanceof BookReport report) {
            String writer = WriterProgress.writer(Marks.ACCOUNTS, report.getSlice());
            String market = report.getMarket();
            int rank = RecordKind.values().length + (market == null ? 1 : 0);
            if (market != null || report.getAllReported()) {
                String about = report.getSlice() + " " + (market == null ? "" : market);
                hold(writer, report.getEventTimeMs(), rank, about, record, report);
            }
            if (market == null) {
                mark(Marks.ACCOUNTS, report.getSlice(), settings.partitions(), report.getEventTimeMs());
            }
        } else if (record.value() instanceof MarketSummary summary) {
            hold(Marks.MARKETS, record.timestamp(), 0, summary.getMarket(), record, summary);
        } else if (record.value() instanceof MarketHour hour) {
            hold(Marks.MARKETS, record.timestamp(), 1, hour.getMarket(), record, hour);
        } else {
            throw new IllegalStateException("has no place in event time: " + record.value());
        }
    }

    /** The topic that records of a kind come from. */
    private static String floor(RecordKind kind) {
        return kind == RecordKind.TICKS ? RecordKind.PRICE.name() : kind.name();
    }

    private void hold(
            String writer,
            long eventTimeMs,
            int rank,
            String about,
            Record<String, Object> record,
            SpecificRecord value) {
        long turnMs = Math.max(eventTimeMs, progress.runMs(writer) + 1);
        if (turnMs <= progress.reachedMs(writer)) {
            return; // an earlier run of the replay had brought it
        }
        byte[] bytes = serde.serializer().serialize("", value);
        HeldRecord waiting =
                new HeldRecord(writer, turnMs, rank, record.key(), about, record.timestamp(), ByteBuffer.wrap(bytes));
        long number = nextNumber++;
        store.put(number, waiting);
        held.add(new Held(number, waiting, value));
    }

    private SpecificRecord decoded(HeldRecord waiting) {
        byte[] bytes = new byte[waiting.getValue().remaining()];
        waiting.getValue().duplicate().get(bytes);
        return serde.deserializer().deserialize("", bytes);
    }

    private void mark(String floor, int partition, int partitions, long upToMs) {
        String writer = WriterProgress.writer(floor, partition);
        if (progress.take(floor, partition, partitions, upToMs)) {
            forgetUnmarked(writer);
        }
        release(progress.reachedByAllMs());
    }

    /** A replay begins anew: what came behind its last mark will come again. */
    private void forgetUnmarked(String writer) {
        long reachedMs = progress.reachedMs(writer);
        held.removeIf(each -> {
            boolean again =
                    each.record().getWriter().equals(writer) && each.record().getTurnMs() > reachedMs;
            if (again) {
                store.delete(each.number());
            }
            return again;
        });
    }

    private void release(long upToMs) {
        while (!held.isEmpty() && held.first().record().getTurnMs() <= upToMs) {
            long endMs = Math.min(SecondDone.endOf(held.first().record().getTurnMs()), upToMs);
            while (!held.isEmpty() && held.first().record().getTurnMs() <= endMs) {
                Held next = held.first();
                held.remove(next);
                store.delete(next.number());
                context()
                        .forward(new Record<>(
                                next.record().getKey(),
                                next.value(),
                                next.record().getTimestampMs()));
            }
            done(endMs, true);
        }
        if (upToMs > releasedMs) {
            done(upToMs, false);
        }
    }

    private void done(long toMs, boolean hadRecords) {
        context().forward(new Record<>("", new SecondDone(releasedMs, toMs, hadRecords), toMs));
        releasedMs = toMs;
        progress.keep(RELEASED, toMs);
    }
}
