package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's part in a trade.
 *
 * @param buys whether the account bought
 * @param tradeId of the trade; its other party's fill has the same
 * @param liquidated the account that was liquidated in it, this one or the other party; null: none
 */
public record Fill(
        String coin,
        BigDecimal price,
        BigDecimal size,
        boolean buys,
        long timeMs,
        String direction,
        String tradeId,
        String hash,
        @Nullable String liquidated) {

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static Fill of(JsonNode fill) {
        String side = VenueJson.text(fill, "side");
        if (!side.equals("A") && !side.equals("B")) {
            throw VenueJson.wrong("side", fill.get("side"), "A (sold) or B (bought)");
        }
        JsonNode liquidation = fill.get("liquidation");
        String direction = VenueJson.optionalText(fill, "dir");
        String hash = VenueJson.optionalText(fill, "hash");
        return new Fill(
                VenueJson.text(fill, "coin"),
                VenueJson.decimal(fill, "px"),
                VenueJson.decimal(fill, "sz"),
                side.equals("B"),
                VenueJson.whole(fill, "time"),
                direction == null ? "" : direction,
                Long.toString(VenueJson.whole(fill, "tid")),
                hash == null ? "" : hash,
                liquidation == null || VenueJson.isAbsent(liquidation)
                        ? null
                        : VenueJson.optionalText(liquidation, "liquidatedUser"));
    }

    /** The fills of a list, the oldest first. */
    public static List<Fill> all(JsonNode list) {
        if (!list.isArray()) {
            throw VenueJson.wrong("fills", list, "a list");
        }
        List<Fill> fills = new ArrayList<>();
        list.forEach(fill -> fills.add(of(fill)));
        fills.sort(Comparator.comparingLong(Fill::timeMs));
        return fills;
    }

    /**
     * The forced trade, seen from the account that was liquidated.
     *
     * @param user whose fill it is; null: the message does not say
     * @return null where the fill is of no liquidation, of a spot market, or it cannot be told whose side it shows
     */
    public @Nullable Liquidation liquidation(String venue, @Nullable String user) {
        if (liquidated == null || isSpot() || price.signum() <= 0 || size.signum() <= 0) {
            return null;
        }
        Boolean own = user == null ? ownByDirection() : (Boolean) user.equalsIgnoreCase(liquidated);
        if (own == null) {
            return null;
        }
        // Who is liquidated closes: by selling if he was long.
        boolean liquidatedBuys = own == buys;
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(coin)
                .setPositionSide(liquidatedBuys ? PositionSide.SHORT : PositionSide.LONG)
                .setQuantity(size.doubleValue())
                .setPrice(price.doubleValue())
                .setPriceKind(LiquidationPriceKind.FILL)
                // Only what happens to accounts that are looked at is seen.
                .setCensored(true)
                .setAccount(liquidated)
                .setTradeId(tradeId)
                .setLiquidationId(hash.matches("(0x)?0*") ? null : hash)
                .build();
    }

    /** Spot pairs are @number or BASE/QUOTE. */
    private boolean isSpot() {
        return coin.startsWith("@") || coin.indexOf('/') >= 0;
    }

    /** Who opens is not liquidated, and the venue says Liquidated of who is. Of who closes, nothing can be said. */
    private @Nullable Boolean ownByDirection() {
        if (direction.startsWith("Liquidated")) {
            return Boolean.TRUE;
        }
        return direction.startsWith("Open") ? Boolean.FALSE : null;
    }
}
