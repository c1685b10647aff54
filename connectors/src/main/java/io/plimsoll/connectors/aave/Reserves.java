package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.ChangedRecords;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.Slice;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The market's reserves: all are known to each task, and each task writes those of its slice. */
final class Reserves {

    private static final int SHOWN_OF_ADDRESS = 8;

    private final AaveConfig config;
    private final Slice slice;
    private final FeedHealth health;
    private final ChangedRecords<Instrument> instruments;
    private final ChangedRecords<Price> prices;
    private Map<String, Reserve> byId = Map.of();
    private int unread;

    Reserves(AaveConfig config, Slice slice, SourceOffsets offsets, FeedHealth health) {
        this.config = config;
        this.slice = slice;
        this.health = health;
        this.instruments =
                new ChangedRecords<>(Topics.INSTRUMENTS, config.venue(), "instrument", offsets, ChangedRecords.NEVER);
        this.prices = new ChangedRecords<>(
                Topics.PRICES, config.venue(), "price", offsets, config.getLong(AaveConfig.RESERVES_INTERVAL));
    }

    /**
     * Takes the list of reserves.
     *
     * @param timeMs of the block that it is of, epoch milliseconds
     */
    void take(JsonNode list, long timeMs, long nowMs, FeedOutput output) {
        Map<String, Integer> bySymbol = new HashMap<>();
        list.forEach(reserve -> bySymbol.merge(reserve.path("symbol").asText(), 1, Integer::sum));
        Map<String, Reserve> read = new LinkedHashMap<>();
        unread = 0;
        for (JsonNode node : list) {
            try {
                Reserve reserve = Reserve.of(node, name(node, bySymbol));
                read.put(reserve.id(), reserve);
            } catch (FeedFormatException e) {
                // One that cannot be read does not keep the others from being read.
                unread++;
                health.malformed("a reserve", e, node.toString(), nowMs);
            }
        }
        byId = Map.copyOf(read);
        for (Reserve reserve : read.values()) {
            if (slice.holds(reserve.name())) {
                for (String symbol : List.of(reserve.name(), reserve.name() + Reserve.DEBT)) {
                    write(reserve, symbol, timeMs, nowMs, output);
                }
            }
        }
    }

    private static String name(JsonNode reserve, Map<String, Integer> bySymbol) {
        String symbol = VenueJson.text(reserve, "symbol");
        if (bySymbol.getOrDefault(symbol, 1) == 1) {
            return symbol;
        }
        String address = VenueJson.text(reserve, "underlyingAsset");
        return symbol + "-" + address.substring(0, Math.min(SHOWN_OF_ADDRESS, address.length()));
    }

    private void write(Reserve reserve, String symbol, long timeMs, long nowMs, FeedOutput output) {
        Instrument instrument = reserve.instrument(config.venue(), symbol, config.isStablecoin(reserve.name()));
        instruments.write(symbol, instrument, instrument.toString(), timeMs, nowMs, output);
        prices.write(
                symbol,
                reserve.price(config.venue(), symbol),
                reserve.priceUsd().stripTrailingZeros().toPlainString(),
                timeMs,
                nowMs,
                output);
    }

    Map<String, Reserve> byId() {
        return byId;
    }

    boolean isKnown() {
        return !byId.isEmpty();
    }

    /** Reserves of the newest list that could not be read. */
    int unread() {
        return unread;
    }

    int count() {
        return byId.size();
    }
}
