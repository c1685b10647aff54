package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A {@code forceOrder}: of all that were forced in a market within a second, one. The side is that of the order, which is the
 * opposite of the position's.
 *
 * @param timeMs of the trade, the venue's, epoch milliseconds
 * @param quantity filled: base units, on COIN-M contracts
 * @param price average of the fills, or the order's where those are not said; quote units
 */
public record ForcedOrder(
        String symbol,
        long timeMs,
        PositionSide positionSide,
        BigDecimal quantity,
        BigDecimal price,
        LiquidationPriceKind priceKind) {

    /**
     * Reads one.
     *
     * @return null where nothing of it was filled
     * @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it
     */
    public static @Nullable ForcedOrder of(JsonNode message) {
        JsonNode order = VenueJson.object(message, "o");
        PositionSide side = switch (VenueJson.text(order, "S")) {
            case "SELL" -> PositionSide.LONG;
            case "BUY" -> PositionSide.SHORT;
            default -> throw VenueJson.wrong("S", order.get("S"), "BUY or SELL");
        };
        BigDecimal filled = Fields.number(order, "z");
        if (filled != null && filled.signum() == 0) {
            return null;
        }
        BigDecimal average = Fields.positiveOrNone(order, "ap");
        boolean isFill = filled != null && average != null;
        return new ForcedOrder(
                VenueJson.text(order, "s"),
                VenueJson.whole(order, "T"),
                side,
                isFill ? Fields.positive(order, "z") : Fields.positive(order, "q"),
                isFill ? Fields.positive(order, "ap") : Fields.positive(order, "p"),
                // The order's limit is where the position has nothing left.
                isFill ? LiquidationPriceKind.FILL : LiquidationPriceKind.BANKRUPTCY);
    }

    /** Tells it from all others of its market, of which at most one comes in a second. */
    String id() {
        return timeMs + "-" + positionSide + "-" + quantity.toPlainString();
    }

    /**
     * The liquidation record.
     *
     * @param contractSize face of a contract in quote units; 1 where sizes are in base units
     * @param isInverse whether quantities are contracts
     */
    public Liquidation liquidation(String venue, BigDecimal contractSize, boolean isInverse) {
        BigDecimal face = quantity.multiply(contractSize);
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(symbol)
                .setPositionSide(positionSide)
                .setQuantity((isInverse ? face.divide(price, MathContext.DECIMAL64) : quantity).doubleValue())
                .setPrice(price.doubleValue())
                .setPriceKind(priceKind)
                .setCensored(true)
                .setTradeId(id())
                .setNotionalUsd(isInverse ? (Double) face.doubleValue() : null)
                .build();
    }
}
