package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.ChangedRecords;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.FeedRuntime;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.OptionPrice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One task's options: there are many, so each is written once in an interval at most. */
final class Options {

    /** They are listed anew once a day or less, and the lists are long. */
    private static final long LIST_INTERVALS = 10;

    private static final class Known {

        private OptionListing listing;
        private @Nullable OptionTicker unwritten;
        private long tickerMs;
        private long dueMs;

        Known(OptionListing listing) {
            this.listing = listing;
        }
    }

    private final DeribitConfig config;
    private final Slice slice;
    private final FeedHealth health;
    private final Rpc rpc;
    private final Subscriptions subscriptions;
    private final ChangedRecords<OptionPrice> prices;
    private final long everyMs;
    private final Map<String, Known> byName = new LinkedHashMap<>();
    private final Set<String> listed = new HashSet<>();
    private long listDueMs;

    Options(DeribitConfig config, FeedRuntime runtime, FeedHealth health, Rpc rpc, Subscriptions subscriptions) {
        this.config = config;
        this.slice = runtime.slice();
        this.health = health;
        this.rpc = rpc;
        this.subscriptions = subscriptions;
        this.everyMs = config.getLong(DeribitConfig.OPTIONS_INTERVAL);
        this.prices = new ChangedRecords<>(
                Topics.OPTIONS,
                config.venue(),
                "option",
                runtime.offsets(),
                Math.max(everyMs, config.getLong(DeribitConfig.PRICE_REFRESH)));
    }

    /** The connection is a new one: what is listed may have changed, and nothing is subscribed to. */
    void connected(long nowMs) {
        listDueMs = nowMs;
        subscriptions.options(byName.keySet());
    }

    /** Asks for the lists when they are due. */
    void ask(long nowMs) {
        if (config.wantsOptions() && nowMs >= listDueMs) {
            listDueMs = nowMs + LIST_INTERVALS * config.getLong(DeribitConfig.REFERENCE_INTERVAL);
            for (String currency : config.currencies()) {
                rpc.askOnce(Rpc.INSTRUMENTS, currency, Rpc.OPTION, unused -> {});
            }
        }
    }

    /** Takes a currency's list of options. */
    void list(String currency, JsonNode list) {
        List<OptionListing> own = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode instrument : list) {
            OptionListing listing = OptionListing.of(instrument);
            if (listing.isActive()) {
                listed.add(listing.name());
                if (slice.holds(listing.name()) && config.wants(listing.name())) {
                    own.add(listing);
                    names.add(listing.name());
                }
            }
        }
        List<String> gone = byName.values().stream()
                .filter(known -> known.listing.settle().equals(currency) && !names.contains(known.listing.name()))
                .map(known -> known.listing.name())
                .toList();
        gone.forEach(byName::remove);
        listed.removeAll(gone);
        prices.recall(names);
        own.forEach(listing -> byName.computeIfAbsent(listing.name(), name -> new Known(listing)).listing = listing);
        subscriptions.leave(gone);
        subscriptions.options(byName.keySet());
    }

    /** A ticker has come; says whether it is an option's. */
    boolean ticker(String name, JsonNode data, long nowMs) {
        Known known = byName.get(name);
        if (known == null) {
            return listed.contains(name);
        }
        OptionTicker ticker = OptionTicker.of(data);
        if (!ticker.name().equals(name)) {
            throw VenueJson.wrong("instrument_name", data.get("instrument_name"), "that of its channel, " + name);
        }
        health.venueTime(ticker.timeMs(), nowMs);
        if (ticker.timeMs() <= known.tickerMs) {
            health.outOfOrder();
        } else {
            known.tickerMs = ticker.timeMs();
            known.unwritten = ticker;
        }
        return true;
    }

    /** Writes what is due. */
    void step(long nowMs, FeedOutput output) {
        byName.forEach((name, known) -> {
            OptionTicker ticker = known.unwritten;
            if (ticker != null && nowMs >= known.dueMs) {
                known.unwritten = null;
                OptionPrice price = ticker.price(config.venue(), known.listing);
                if (prices.write(name, price, ticker.line(), ticker.timeMs(), nowMs, output)) {
                    known.dueMs = nowMs + everyMs;
                }
            }
        });
    }

    /** Whether the venue has listed an option of that name. */
    boolean isListed(String name) {
        return listed.contains(name);
    }
}
