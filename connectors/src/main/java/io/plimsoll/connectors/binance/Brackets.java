package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.MarginTier;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Leverage brackets by symbol: rate x notional less {@code cum} is a position's maintenance margin. In the quote asset, on
 * COIN-M in the coin.
 */
public final class Brackets {

    private static final String FLOOR = "notionalFloor";

    /** COIN-M's floors are quantities of the coin, under a name that the venue itself misspells. */
    private static final List<String> COIN_FLOORS = List.of("qtylFloor", "qtyFloor");

    private Brackets() {}

    /**
     * Reads either form: the venue's answer, or lists of tiers by unified symbol, with the venue's own bracket as
     * {@code info} of each.
     *
     * @throws FeedFormatException if it is neither
     */
    public static Map<String, List<MarginTier>> of(JsonNode brackets) {
        Map<String, List<MarginTier>> bySymbol = new HashMap<>();
        if (brackets.isArray()) {
            for (JsonNode market : brackets) {
                bySymbol.put(VenueJson.text(market, "symbol"), tiers(VenueJson.list(market, "brackets")));
            }
        } else if (brackets.isObject()) {
            for (Iterator<Map.Entry<String, JsonNode>> next = brackets.fields(); next.hasNext(); ) {
                Map.Entry<String, JsonNode> market = next.next();
                List<JsonNode> own = new ArrayList<>();
                market.getValue().forEach(tier -> own.add(VenueJson.object(tier, "info")));
                bySymbol.put(symbol(market.getKey()), tiers(own));
            }
        } else {
            throw VenueJson.wrong("brackets", brackets, "a list of markets, or lists of tiers by symbol");
        }
        return bySymbol;
    }

    /** The venue's symbol: BASE/QUOTE:SETTLE-DATE, where quote dollars that settle in coins are perpetual or dated. */
    private static String symbol(String unified) {
        int slash = unified.indexOf('/');
        int colon = unified.indexOf(':');
        if (slash < 1 || colon < slash) {
            throw new FeedFormatException("symbol " + VenueJson.shown(unified) + ", allowed is one like BTC/USDT:USDT");
        }
        int dash = unified.indexOf('-', colon);
        String base = unified.substring(0, slash);
        String quote = unified.substring(slash + 1, colon);
        String date = dash < 0 ? "" : "_" + unified.substring(dash + 1);
        boolean inverse =
                unified.substring(colon + 1, dash < 0 ? unified.length() : dash).equals(base);
        return base + quote + (inverse && date.isEmpty() ? "_PERP" : date);
    }

    private static List<MarginTier> tiers(Iterable<JsonNode> brackets) {
        List<MarginTier> tiers = new ArrayList<>();
        for (JsonNode bracket : brackets) {
            BigDecimal rate = VenueJson.decimal(bracket, "maintMarginRatio");
            if (rate.signum() <= 0 || rate.compareTo(BigDecimal.ONE) >= 0) {
                throw VenueJson.wrong("maintMarginRatio", bracket.get("maintMarginRatio"), "above 0 and below 1");
            }
            tiers.add(new MarginTier(
                    floor(bracket).doubleValue(),
                    rate.doubleValue(),
                    Fields.asDouble(VenueJson.optionalDecimal(bracket, "cum")),
                    Fields.asDouble(Fields.positiveOrNone(bracket, "initialLeverage"))));
        }
        tiers.sort(Comparator.comparingDouble(MarginTier::getNotionalFloor));
        if (tiers.isEmpty() || tiers.get(0).getNotionalFloor() != 0) {
            throw new FeedFormatException("brackets begin at "
                    + (tiers.isEmpty() ? "nothing" : tiers.get(0).getNotionalFloor()) + ", allowed is 0");
        }
        return tiers;
    }

    private static BigDecimal floor(JsonNode bracket) {
        for (String name : COIN_FLOORS) {
            if (!VenueJson.isAbsent(bracket.get(name))) {
                return VenueJson.decimal(bracket, name);
            }
        }
        return VenueJson.decimal(bracket, FLOOR);
    }
}
