package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.deribit.DeribitConfig.MarginRate;
import io.plimsoll.connectors.feed.ChangedRecords;
import io.plimsoll.connectors.feed.DepthRecords;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Instruments, prices and depth of one task's markets. */
final class Markets {

    private static final class Known {

        private Listing listing;
        private Book book = new Book();
        private long tickerMs;
        private long heardMs;

        Known(Listing listing) {
            this.listing = listing;
        }
    }

    private final DeribitConfig config;
    private final Slice slice;
    private final FeedHealth health;
    private final ChangedRecords<Instrument> instruments;
    private final ChangedRecords<Price> prices;
    private final DepthRecords depths;
    private final Map<String, Known> byName = new LinkedHashMap<>();
    private final Map<String, Boolean> inverse = new HashMap<>();
    private final Set<String> answered = new TreeSet<>();
    private final Set<String> unrated = new TreeSet<>();

    Markets(DeribitConfig config, Slice slice, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.slice = slice;
        this.health = health;
        this.instruments =
                new ChangedRecords<>(Topics.INSTRUMENTS, config.venue(), "instrument", offsets, ChangedRecords.NEVER);
        this.prices = new ChangedRecords<>(
                Topics.PRICES, config.venue(), "price", offsets, config.getLong(DeribitConfig.PRICE_REFRESH));
        this.depths = new DepthRecords(config, offsets);
    }

    /** Takes a currency's list of instruments; gives the markets that are not there any more. */
    List<String> list(String currency, JsonNode list, long nowMs, FeedOutput output) {
        List<Listing> listings = new ArrayList<>();
        for (JsonNode instrument : list) {
            Listing listing = Listing.of(instrument);
            if (listing.isActive()) {
                listings.add(listing);
                inverse.put(listing.name(), listing.isInverse());
            }
        }
        answered.add(currency);
        Set<String> names = new TreeSet<>();
        listings.forEach(listing -> names.add(listing.name()));
        List<String> gone = byName.values().stream()
                .filter(known -> known.listing.settle().equals(currency) && !names.contains(known.listing.name()))
                .map(known -> known.listing.name())
                .toList();
        gone.forEach(byName::remove);
        List<Listing> own = listings.stream()
                .filter(listing -> slice.holds(listing.name()) && config.wants(listing.name()))
                .toList();
        instruments.recall(own.stream().map(Listing::name).toList());
        prices.recall(own.stream().map(Listing::name).toList());
        own.forEach(listing -> take(listing, nowMs, output));
        return gone;
    }

    private void take(Listing listing, long nowMs, FeedOutput output) {
        MarginRate rate = config.rates().get(listing.base());
        if (rate == null) {
            unrated.add(listing.base());
            return;
        }
        byName.computeIfAbsent(listing.name(), name -> new Known(listing)).listing = listing;
        Instrument instrument = listing.instrument(config.venue(), rate, config.marginDate());
        instruments.write(listing.name(), instrument, instrument.toString(), nowMs, nowMs, output);
    }

    /** Prices and open interest have come. */
    void ticker(JsonNode data, long nowMs, FeedOutput output) {
        Ticker ticker = Ticker.of(data);
        Known known = byName.get(ticker.name());
        if (known == null) {
            return;
        }
        health.venueTime(ticker.timeMs(), nowMs);
        if (ticker.timeMs() <= known.tickerMs) {
            health.outOfOrder();
            return;
        }
        known.tickerMs = ticker.timeMs();
        known.heardMs = nowMs;
        Price price = ticker.price(config.venue(), known.listing.isInverse());
        prices.write(ticker.name(), price, ticker.line(), ticker.timeMs(), nowMs, output);
    }

    /** A book has changed; says what that has done to it. Of a market that is not this task's, nothing. */
    Book.Taken book(String name, JsonNode data, long nowMs) {
        Known known = byName.get(name);
        if (known == null) {
            return Book.Taken.KNOWN;
        }
        boolean wasKnown = known.book.isKnown();
        Book.Taken taken = known.book.take(data);
        switch (taken) {
            case KNOWN -> health.outOfOrder();
            case GAP -> {
                if (wasKnown) {
                    health.gap();
                }
                known.book = new Book();
            }
            case CHANGED -> health.venueTime(known.book.timeMs(), nowMs);
        }
        return taken;
    }

    /** What is known of books is not right any more. */
    void forgetBooks() {
        byName.values().forEach(known -> known.book = new Book());
    }

    void forgetBook(String name) {
        Known known = byName.get(name);
        if (known != null) {
            known.book = new Book();
        }
    }

    /** Writes depth of books that have changed. */
    void step(long nowMs, FeedOutput output) {
        byName.forEach((name, known) -> {
            if (known.book.hasChanged() && depths.isDue(name, nowMs)) {
                depths.write(name, known.book.shown(), known.book.timeMs(), nowMs, output);
            }
        });
    }

    /** Whether an instrument is inverse; null: it was never listed. */
    @Nullable
    Boolean isInverse(String name) {
        return inverse.get(name);
    }

    /** Whether all currencies' lists have come. */
    boolean isKnown() {
        return answered.containsAll(config.currencies());
    }

    Set<String> names() {
        return byName.keySet();
    }

    /** Base currencies of which no maintenance margin is known, so that their instruments are not written. */
    Set<String> unrated() {
        return unrated;
    }

    /** Of this task's names, those that were asked for and that the venue lists as no perpetual or future. */
    List<String> missing() {
        return config.markets().stream()
                .filter(name -> slice.holds(name) && !inverse.containsKey(name))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** How many markets have said nothing within the time. */
    int late(long withinMs, long nowMs) {
        return (int) byName.values().stream()
                .filter(known -> nowMs - known.heardMs > withinMs)
                .count();
    }
}
