package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trade.
 *
 * @param takerBuys whether who took the order bought; in a forced trade that is who was forced
 * @param type LIMIT, LIQUIDATED, DELEVERAGED and such; empty: not said
 */
public record Trade(String id, BigDecimal size, BigDecimal price, boolean takerBuys, long timeMs, String type) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Trade of(JsonNode trade) {
        String side = VenueJson.text(trade, "side");
        if (!side.equals("BUY") && !side.equals("SELL")) {
            throw VenueJson.wrong("side", trade.get("side"), "BUY or SELL");
        }
        String type = VenueJson.optionalText(trade, "type");
        String id = VenueJson.optionalText(trade, "id");
        String created = VenueJson.text(trade, "createdAt");
        return new Trade(
                id == null ? "" : id,
                VenueJson.decimal(trade, "size"),
                VenueJson.decimal(trade, "price"),
                side.equals("BUY"),
                time(created, trade),
                type == null ? "" : type);
    }

    private static long time(String created, JsonNode trade) {
        try {
            return Instant.parse(created).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw VenueJson.wrong("createdAt", trade.get("createdAt"), "a time such as 2026-01-31T12:00:00.000Z");
        }
    }

    /** All trades of a list. */
    public static List<Trade> all(JsonNode contents) {
        List<Trade> trades = new ArrayList<>();
        VenueJson.list(contents, "trades").forEach(trade -> trades.add(of(trade)));
        return trades;
    }

    /** The forced trade that it is; null where it is none. */
    public @Nullable Liquidation liquidation(String venue, String ticker) {
        boolean isDeleveraged = type.equals("DELEVERAGED");
        if (!isDeleveraged && !type.equals("LIQUIDATED") && !type.equals("LIQUIDATION")) {
            return null;
        }
        if (id.isEmpty() || size.signum() <= 0 || price.signum() <= 0) {
            return null;
        }
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(ticker)
                // Who is forced takes, and closes: by selling if he was long.
                .setPositionSide(takerBuys ? PositionSide.SHORT : PositionSide.LONG)
                .setQuantity(size.doubleValue())
                .setPrice(price.doubleValue())
                .setPriceKind(isDeleveraged ? LiquidationPriceKind.BANKRUPTCY : LiquidationPriceKind.FILL)
                .setCensored(false)
                .setTradeId(id)
                .build();
    }
}
