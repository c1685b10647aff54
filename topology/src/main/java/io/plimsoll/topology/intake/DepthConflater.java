package io.plimsoll.topology.intake;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.depth.MarketDepths;
import io.plimsoll.topology.order.Marks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Every slice of accounts needs the markets' depth for scenarios, but not every report of it: forwards what is known of a
 * market once in an interval of event time, and where no more reports come, within an interval of wall-clock time.
 *
 * <p>Whether depth can be believed is found out here, on all reports, as the markets do: what is forwarded does not depend
 * on which reports were left out. The store is cached: reports that replace each other between two commits are written
 * once. After a restart everything is forwarded again, so that nothing is lost that had been held back.
 */
final class DepthConflater extends ContextualProcessor<String, RoutedRecord, String, SpecificRecord> {

    static final String STORE = "newest-depth";

    private static final long LONGEST_MS = 5_000;
    private static final int STEPS = 5;

    private final AvroDeserializer<Depth> reader;
    private final ImpactSettings settings;
    private final long intervalMs;
    private final Serde<KnownDepth> serde = InternalSerdes.of(KnownDepth.class);
    private final Map<String, Long> forwardedMs = new HashMap<>();
    private final Map<String, Held> heldBack = new LinkedHashMap<>();
    private final FeedCounts feeds = new FeedCounts(Topics.DEPTH);
    private MarketDepths depths;

    /** What waits to be forwarded, and the wall-clock time since when something of its market does. */
    private record Held(KnownDepth depth, long sinceMs) {}

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    DepthConflater(AvroDeserializer<Depth> reader, ImpactSettings settings) {
        this.reader = reader;
        this.settings = settings;
        // Depth must not be stale just because it was held back.
        this.intervalMs =
                Math.min(LONGEST_MS, Math.max(STEPS, settings.depthStale().toMillis() / 4));
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        KeyValueStore<String, KnownDepth> store = context.getStateStore(STORE);
        depths = new MarketDepths(store, reader, settings.depthLimits());
        try (KeyValueIterator<String, KnownDepth> all = store.all()) {
            all.forEachRemaining(entry -> heldBack.put(entry.key, new Held(entry.value, Long.MIN_VALUE)));
        }
        context.schedule(Duration.ofMillis(intervalMs / STEPS), PunctuationType.WALL_CLOCK_TIME, this::forwardOverdue);
        int slot = -1 - context.taskId().partition();
        context.schedule(FeedCounts.TOLD, PunctuationType.WALL_CLOCK_TIME, now -> {
            for (FeedReport report : feeds.take(slot)) {
                context.forward(new Record<>(report.getFeed(), report, now));
            }
        });
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        KnownDepth known = Marks.isMark(record.value()) ? null : depths.take(record.value());
        if (known == null) {
            return;
        }
        feeds.depth(
                record.key(),
                depths.usable(record.key(), known.getEventTimeMs()).state(),
                known.getEventTimeMs(),
                context().currentSystemTimeMs());
        Long before = forwardedMs.get(record.key());
        if (before == null || known.getEventTimeMs() - before >= intervalMs) {
            heldBack.remove(record.key());
            forward(record.key(), known);
        } else {
            Held held = heldBack.get(record.key());
            long sinceMs = held == null ? context().currentSystemTimeMs() : held.sinceMs();
            heldBack.put(record.key(), new Held(known, sinceMs));
        }
    }

    private void forwardOverdue(long nowMs) {
        Iterator<Map.Entry<String, Held>> all = heldBack.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Held> entry = all.next();
            if (entry.getValue().sinceMs() <= nowMs - intervalMs) {
                all.remove();
                forward(entry.getKey(), entry.getValue().depth());
            }
        }
    }

    private void forward(String market, KnownDepth known) {
        forwardedMs.put(market, known.getEventTimeMs());
        byte[] bytes = serde.serializer().serialize("", known);
        RoutedRecord routed = new RoutedRecord(
                RecordKind.KNOWN_DEPTH, market, known.getEventTimeMs(), 0, 0L, ByteBuffer.wrap(bytes), List.of());
        context().forward(new Record<>(market, routed, known.getEventTimeMs()));
    }
}
