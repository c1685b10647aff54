package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * A trade.
 *
 * @param sequence within its instrument, without gaps
 * @param amount base units; of an inverse contract US dollars
 * @param takerBuys whether who took the order bought
 * @param liquidated sides that were under liquidation: M, T, MT; empty: none
 */
public record PublicTrade(
        String instrument,
        String id,
        long sequence,
        long timeMs,
        BigDecimal price,
        BigDecimal amount,
        boolean takerBuys,
        String liquidated) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static PublicTrade of(JsonNode trade) {
        String direction = VenueJson.text(trade, "direction");
        if (!direction.equals("buy") && !direction.equals("sell")) {
            throw VenueJson.wrong("direction", trade.get("direction"), "buy or sell");
        }
        String liquidation = VenueJson.optionalText(trade, "liquidation");
        if (liquidation != null && !liquidation.equals("none") && !liquidation.matches("M|T|MT|TM")) {
            throw VenueJson.wrong("liquidation", trade.get("liquidation"), "M, T, MT or none");
        }
        return new PublicTrade(
                VenueJson.text(trade, "instrument_name"),
                VenueJson.text(trade, "trade_id"),
                VenueJson.whole(trade, "trade_seq"),
                VenueJson.whole(trade, "timestamp"),
                VenueJson.decimal(trade, "price"),
                VenueJson.decimal(trade, "amount"),
                direction.equals("buy"),
                liquidation == null || liquidation.equals("none") ? "" : liquidation);
    }

    /** All trades of a list. */
    public static List<PublicTrade> all(JsonNode list) {
        if (!list.isArray()) {
            throw VenueJson.wrong("trades", list, "a list");
        }
        List<PublicTrade> trades = new ArrayList<>();
        list.forEach(trade -> trades.add(of(trade)));
        return trades;
    }

    /** Its forced sides: none, one or both. */
    public List<Liquidation> liquidations(String venue, boolean isInverse) {
        List<Liquidation> forced = new ArrayList<>();
        if (price.signum() > 0 && amount.signum() > 0) {
            if (liquidated.contains("T")) {
                forced.add(liquidation(venue, isInverse, takerBuys, "T"));
            }
            if (liquidated.contains("M")) {
                forced.add(liquidation(venue, isInverse, !takerBuys, "M"));
            }
        }
        return forced;
    }

    private Liquidation liquidation(String venue, boolean isInverse, boolean buys, String side) {
        BigDecimal base = isInverse ? amount.divide(price, MathContext.DECIMAL64) : amount;
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(instrument)
                // Who is liquidated closes: by selling if he was long.
                .setPositionSide(buys ? PositionSide.SHORT : PositionSide.LONG)
                .setQuantity(base.doubleValue())
                .setPrice(price.doubleValue())
                .setPriceKind(LiquidationPriceKind.FILL)
                .setCensored(false)
                // A trade may force both of its sides, and counts once for each.
                .setTradeId(id + "-" + side)
                .setNotionalUsd(isInverse ? (Double) amount.doubleValue() : null)
                .build();
    }
}
