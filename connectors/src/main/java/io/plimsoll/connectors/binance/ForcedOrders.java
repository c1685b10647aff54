package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Liquidations. They may come late or twice, and each is written once; what was forced while nobody listened can not be asked
 * for.
 */
final class ForcedOrders {

    private static final String KIND = "liquidations";

    /** So many of a market are remembered, to tell those that come again. */
    private static final int REMEMBERED = 20;

    private final BinanceConfig config;
    private final SourceOffsets offsets;
    private final FeedHealth health;
    private final Map<String, Listing> listings = new LinkedHashMap<>();
    private final Map<String, TreeSet<String>> seen = new LinkedHashMap<>();

    ForcedOrders(BinanceConfig config, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.offsets = offsets;
        this.health = health;
    }

    /** Sets which markets there are. */
    void set(Collection<Listing> own) {
        List<String> added = new ArrayList<>();
        listings.clear();
        for (Listing listing : own) {
            listings.put(listing.symbol(), listing);
            if (!seen.containsKey(listing.symbol())) {
                seen.put(listing.symbol(), new TreeSet<>());
                added.add(listing.symbol());
            }
        }
        offsets.of(KIND, added)
                .forEach((symbol, stored) -> seen.put(
                        symbol,
                        new TreeSet<>(List.of(stored.getOrDefault("ids", "").split(" ", -1)))));
    }

    /** One has come. */
    void take(JsonNode message, long nowMs, FeedOutput output) {
        ForcedOrder order = ForcedOrder.of(message);
        Listing listing = order == null ? null : listings.get(order.symbol());
        if (order == null || listing == null) {
            return;
        }
        health.venueTime(order.timeMs(), nowMs);
        // Ids begin with their time, all of as many digits: the least is the oldest.
        TreeSet<String> known = seen.computeIfAbsent(order.symbol(), symbol -> new TreeSet<>());
        boolean isTooOld = known.size() >= REMEMBERED && order.id().compareTo(known.first()) < 0;
        if (isTooOld || !known.add(order.id())) {
            health.outOfOrder();
            return;
        }
        if (known.size() > REMEMBERED) {
            known.pollFirst();
        }
        output.add(
                Topics.LIQUIDATIONS,
                Keys.market(config.venue(), order.symbol()),
                order.timeMs(),
                order.liquidation(
                        config.venue(), listing.contractSize(), config.product().isInverse()),
                offsets.mark(KIND, order.symbol(), Map.of("ids", String.join(" ", known))));
    }
}
