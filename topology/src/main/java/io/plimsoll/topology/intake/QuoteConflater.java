package io.plimsoll.topology.intake;

import io.plimsoll.topology.Beat;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Forwards each market's newest price at intervals instead of each tick: what follows costs the same in a calm and in a
 * storm. The last price of every second of event time is always forwarded, so that replays at any speed keep their
 * history.
 *
 * <p>To the accounts, of which every slice must have every price, the same goes as one record of all markets: of the
 * prices left out the lowest and the highest are in it, for lines alone.
 *
 * <p>The store is cached: prices that replace each other between two commits are written once. After a restart all
 * newest prices are forwarded again, so that none is lost that had been held back.
 */
final class QuoteConflater extends ContextualProcessor<String, RoutedRecord, String, RoutedRecord> {

    static final String STORE = "newest-prices";

    /** Key of records that go to all slices. */
    private static final String TO_ALL = "";

    private static final long SECOND_MS = 1_000;

    private final Duration interval;
    private final Map<String, RoutedRecord> heldBack = new LinkedHashMap<>();
    private final Map<String, HeldBackTicks> ticksByMarket = new LinkedHashMap<>();
    private long ticksNewestMs = Long.MIN_VALUE;
    private KeyValueStore<String, RoutedRecord> newest;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    QuoteConflater(Duration interval) {
        this.interval = interval;
    }

    @Override
    public void init(ProcessorContext<String, RoutedRecord> context) {
        super.init(context);
        newest = context.getStateStore(STORE);
        try (KeyValueIterator<String, RoutedRecord> all = newest.all()) {
            while (all.hasNext()) {
                hold(all.next().value);
            }
        }
        context.schedule(Beat.START, pause(context), PunctuationType.WALL_CLOCK_TIME, now -> forwardAll());
    }

    /**
     * With processing exactly once nobody reads a price before it has been committed: to write a market's several times in
     * between is work for nothing. So they are let go on the beat.
     */
    private Duration pause(ProcessorContext<?, ?> context) {
        return Beat.needsCommits(context) && Beat.PAUSE.compareTo(interval) > 0 ? Beat.PAUSE : interval;
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        RoutedRecord price = record.value();
        RoutedRecord before = heldBack.get(record.key());
        if (before == null) {
            RoutedRecord stored = newest.get(record.key());
            if (stored != null && stored.getEventTimeMs() > price.getEventTimeMs()) {
                return;
            }
        } else {
            if (before.getEventTimeMs() > price.getEventTimeMs()) {
                return;
            }
            if (isOtherSecond(before.getEventTimeMs(), price.getEventTimeMs())) {
                forward(before);
            }
        }
        if (!ticksByMarket.isEmpty() && isOtherSecond(ticksNewestMs, price.getEventTimeMs())) {
            forwardTicks();
        }
        hold(price);
        newest.put(record.key(), price);
    }

    private static boolean isOtherSecond(long aMs, long bMs) {
        return aMs / SECOND_MS != bMs / SECOND_MS;
    }

    private void hold(RoutedRecord price) {
        heldBack.put(price.getKey(), price);
        Tick tick = price.getTicks().get(0);
        HeldBackTicks ticks = ticksByMarket.get(price.getKey());
        if (ticks == null) {
            ticksByMarket.put(price.getKey(), new HeldBackTicks(tick));
        } else {
            ticks.replace(tick);
        }
        ticksNewestMs = Math.max(ticksNewestMs, price.getEventTimeMs());
    }

    private void forwardAll() {
        if (heldBack.isEmpty() && ticksByMarket.isEmpty()) {
            return;
        }
        heldBack.values().forEach(this::forward);
        heldBack.clear();
        if (!ticksByMarket.isEmpty()) {
            forwardTicks();
        }
    }

    private void forward(RoutedRecord price) {
        context().forward(new Record<>(price.getKey(), price, price.getEventTimeMs()));
    }

    private void forwardTicks() {
        List<Tick> ticks = new ArrayList<>();
        ticksByMarket.values().forEach(held -> held.addTo(ticks));
        ticks.sort(Comparator.comparingLong(Tick::getEventTimeMs));
        RoutedRecord all = new RoutedRecord(RecordKind.TICKS, TO_ALL, ticksNewestMs, 0, 0L, null, ticks);
        context().forward(new Record<>(TO_ALL, all, ticksNewestMs));
        ticksByMarket.clear();
    }
}
