package io.plimsoll.topology.intake;

import io.plimsoll.topology.avro.RoutedRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Forwards each market's newest price at intervals instead of each tick: what follows costs the same in a calm and in a
 * storm. The last price of every second of event time is always forwarded, so that replays at any speed keep their
 * history. Of the prices left out the lowest and the highest go on as passing ones, for lines alone.
 *
 * <p>The store is cached: prices that replace each other between two commits are written once. After a restart all
 * newest prices are forwarded again, so that none is lost that had been held back.
 */
final class QuoteConflater extends ContextualProcessor<String, RoutedRecord, String, RoutedRecord> {

    static final String STORE = "newest-prices";

    private static final long SECOND_MS = 1_000;

    private final Duration interval;
    private final Map<String, HeldBackPrices> heldBack = new LinkedHashMap<>();
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
                KeyValue<String, RoutedRecord> entry = all.next();
                hold(entry.key, entry.value);
            }
        }
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, now -> forwardAll());
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        RoutedRecord price = record.value();
        HeldBackPrices before = heldBack.get(record.key());
        if (before == null) {
            RoutedRecord stored = newest.get(record.key());
            if (stored != null && stored.getEventTimeMs() > price.getEventTimeMs()) {
                return;
            }
        } else {
            if (before.newestMs() > price.getEventTimeMs()) {
                return;
            }
            if (before.newestMs() / SECOND_MS != price.getEventTimeMs() / SECOND_MS) {
                before.drainTo(this::forward);
                heldBack.remove(record.key());
            }
        }
        hold(record.key(), price);
        newest.put(record.key(), price);
    }

    private void hold(String market, RoutedRecord record) {
        HeldBackPrices held = heldBack.get(market);
        if (held == null) {
            heldBack.put(market, new HeldBackPrices(record));
        } else {
            held.replace(record);
        }
    }

    private void forwardAll() {
        heldBack.values().forEach(held -> held.drainTo(this::forward));
        heldBack.clear();
    }

    private void forward(RoutedRecord price) {
        context().forward(new Record<>(price.getKey(), price, price.getEventTimeMs()));
    }
}
