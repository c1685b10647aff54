package io.plimsoll.topology.intake;

import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.avro.WatchedPrice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Looks for prices that stand still or cannot be, and says of each venue in how many markets.
 *
 * <p>Only perpetuals and futures are looked at, from when their instrument is known: a coin's price may be pegged, and an
 * option's may rest at the smallest there is. The store is written when something begins or ends, not with every price.
 */
final class PriceWatch extends ContextualProcessor<String, RoutedRecord, String, FeedReport> {

    static final String STORE = "watched-prices";

    private final AvroDeserializer<Instrument> reader;
    private final FeedCounts feeds = new FeedCounts(Topics.PRICES);
    private final Set<String> watched = new HashSet<>();
    private final Map<String, QuotedPrice> prices = new HashMap<>();
    private KeyValueStore<String, WatchedPrice> store;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    PriceWatch(AvroDeserializer<Instrument> reader) {
        this.reader = reader;
    }

    @Override
    public void init(ProcessorContext<String, FeedReport> context) {
        super.init(context);
        store = context.getStateStore(STORE);
        try (KeyValueIterator<String, WatchedPrice> all = store.all()) {
            all.forEachRemaining(row -> {
                watched.add(row.key);
                QuotedPrice price = QuotedPrice.of(row.value);
                if (price != null) {
                    prices.put(row.key, price);
                    feeds.restore(row.key, price.isFrozen(), price.isCrossed(), price.timeMs());
                }
            });
        }
        int slot = -1 - context.taskId().partition();
        context.schedule(FeedCounts.TOLD, PunctuationType.WALL_CLOCK_TIME, now -> {
            for (FeedReport report : feeds.take(slot)) {
                context.forward(new Record<>(report.getFeed(), report, now));
            }
        });
    }

    @Override
    public void process(Record<String, RoutedRecord> record) {
        RoutedRecord routed = record.value();
        if (routed.getKind() == RecordKind.INSTRUMENT) {
            instrument(
                    record.key(),
                    reader.read(Objects.requireNonNull(routed.getValue()).array()));
        } else if (routed.getKind() == RecordKind.PRICE && watched.contains(record.key())) {
            price(record.key(), routed.getTicks().get(0));
        }
    }

    private void instrument(String market, Instrument instrument) {
        boolean isWatched = switch (instrument.getKind()) {
            case LINEAR_PERPETUAL, LINEAR_FUTURE, INVERSE_PERPETUAL, INVERSE_FUTURE -> true;
            case OPTION, SPOT -> false;
        };
        if (isWatched && watched.add(market)) {
            store.put(market, new WatchedPrice(0.0, 0L, null, 0L, 0.0, 0L));
        } else if (!isWatched && watched.remove(market)) {
            store.delete(market);
            prices.remove(market);
        }
    }

    private void price(String market, Tick tick) {
        QuotedPrice before = prices.get(market);
        QuotedPrice price = before == null
                ? QuotedPrice.first(tick.getMarkPrice(), tick.getIndexPrice(), tick.getEventTimeMs())
                : before.after(tick.getMarkPrice(), tick.getIndexPrice(), tick.getEventTimeMs());
        prices.put(market, price);
        if (before == null ? price.isCrossed() : price.isOtherThan(before)) {
            store.put(market, price.kept());
        }
        feeds.looked(
                market,
                price.isFrozen(),
                price.isCrossed(),
                price.timeMs(),
                context().currentSystemTimeMs());
    }
}
