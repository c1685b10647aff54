package io.plimsoll.connectors.binance;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names of the venue's streams. */
final class Streams {

    private Streams() {}

    /**
     * Prices, volumes and liquidations. Of USD-M they come for all markets at once; COIN-M has marks by market only, and
     * indices by pair.
     */
    static Set<String> market(Product product, Collection<Listing> listings) {
        Set<String> streams = new LinkedHashSet<>();
        if (listings.isEmpty()) {
            return streams;
        }
        if (product.isInverse()) {
            streams.addAll(List.of("!forceOrder@arr", "!miniTicker@arr"));
            for (Listing listing : listings) {
                streams.add(lower(listing.symbol()) + "@markPrice@1s");
                streams.add(lower(listing.pair()) + "@indexPrice@1s");
            }
        } else {
            streams.addAll(List.of("!markPrice@arr@1s", "!forceOrder@arr", "!miniTicker@arr", "!assetIndex@arr"));
        }
        return streams;
    }

    /** Changes of order books, twice a second. */
    static Set<String> depth(Collection<String> symbols) {
        Set<String> streams = new LinkedHashSet<>();
        symbols.forEach(symbol -> streams.add(lower(symbol) + "@depth@500ms"));
        return streams;
    }

    private static String lower(String symbol) {
        return symbol.toLowerCase(Locale.ROOT);
    }
}
