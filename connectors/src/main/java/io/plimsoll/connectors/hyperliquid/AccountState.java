package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's {@code clearinghouseState}.
 *
 * @param timeMs the venue's time of it, epoch milliseconds
 * @param crossRawUsd cash of the cross account after what all its positions cost: its value is this plus size x mark of
 *     each, quote units
 * @param holdings open positions, in the venue's order
 */
public record AccountState(long timeMs, BigDecimal crossRawUsd, List<Holding> holdings) {

    /**
     * One position.
     *
     * @param size base units; positive long
     * @param entryPrice quote units, as rounded by the venue
     * @param value size x mark without sign, quote units
     * @param isolatedRawUsd of an isolated position its own cash after what it cost, quote units; null: it is cross
     * @param liquidationPrice null: no price liquidates it
     * @param maxLeverage at which it was opened, which need not be the market's any more; null: not said
     */
    public record Holding(
            String coin,
            BigDecimal size,
            BigDecimal entryPrice,
            BigDecimal value,
            @Nullable BigDecimal isolatedRawUsd,
            @Nullable BigDecimal liquidationPrice,
            @Nullable BigDecimal maxLeverage) {

        /** The mark at which the venue computed its line, quote units. */
        BigDecimal mark() {
            return value.divide(size.abs(), MathContext.DECIMAL128);
        }

        /** What may change about it but prices, in one line. */
        String line() {
            return coin + " " + size + " " + entryPrice + " " + isolatedRawUsd + " " + maxLeverage;
        }
    }

    /** @throws io.plimsoll.connectors.feed.FeedFormatException if it is not as the venue documents it */
    public static AccountState of(JsonNode state) {
        List<Holding> holdings = new ArrayList<>();
        for (JsonNode entry : VenueJson.list(state, "assetPositions")) {
            Holding holding = holding(VenueJson.object(entry, "position"));
            if (holding.size().signum() != 0) {
                holdings.add(holding);
            }
        }
        JsonNode cross = VenueJson.object(state, "crossMarginSummary");
        return new AccountState(
                VenueJson.whole(state, "time"), VenueJson.decimal(cross, "totalRawUsd"), List.copyOf(holdings));
    }

    private static Holding holding(JsonNode position) {
        JsonNode leverage = VenueJson.object(position, "leverage");
        String type = VenueJson.text(leverage, "type");
        boolean isolated = type.equals("isolated");
        if (!isolated && !type.equals("cross")) {
            throw VenueJson.wrong("leverage.type", leverage.get("type"), "cross or isolated");
        }
        BigDecimal liquidation = VenueJson.optionalDecimal(position, "liquidationPx");
        return new Holding(
                VenueJson.text(position, "coin"),
                VenueJson.decimal(position, "szi"),
                VenueJson.decimal(position, "entryPx"),
                VenueJson.decimal(position, "positionValue").abs(),
                isolated ? VenueJson.decimal(leverage, "rawUsd") : null,
                liquidation == null || liquidation.signum() <= 0 ? null : liquidation,
                VenueJson.optionalDecimal(position, "maxLeverage"));
    }

    /** What may change about it but prices: the same lines, the same state. */
    String lines() {
        StringBuilder lines = new StringBuilder().append(crossRawUsd);
        holdings.stream()
                .map(Holding::line)
                .sorted()
                .forEach(line -> lines.append('\n').append(line));
        return lines.toString();
    }

    /** Whether it holds nothing at all. */
    boolean isEmpty() {
        return holdings.isEmpty() && crossRawUsd.signum() == 0;
    }

    /**
     * The balance of the cross account without its positions' unrealised profit. With entry prices as the venue rounds
     * them, it is such that balance plus size x (mark - entry) of all positions is the venue's own account value, exactly.
     */
    public Collateral collateral(String venue, String account, String asset) {
        BigDecimal balance = crossRawUsd;
        for (Holding holding : holdings) {
            if (holding.isolatedRawUsd() == null) {
                balance = balance.add(holding.size().multiply(holding.entryPrice()));
            }
        }
        return Collateral.newBuilder()
                .setVenue(venue)
                .setAccount(account)
                .setAsset(asset)
                .setQuantity(balance.doubleValue())
                .build();
    }

    /**
     * A position's record.
     *
     * @param listed the market's maximum leverage now; null: not known
     */
    public static Position position(String venue, String account, Holding holding, @Nullable BigDecimal listed) {
        BigDecimal raw = holding.isolatedRawUsd();
        BigDecimal own = holding.maxLeverage();
        boolean grandfathered = own != null && (listed == null || own.compareTo(listed) != 0);
        BigDecimal liquidation = holding.liquidationPrice();
        return Position.newBuilder()
                .setVenue(venue)
                .setAccount(account)
                .setSymbol(holding.coin())
                .setSize(holding.size().doubleValue())
                .setEntryPrice(holding.entryPrice().doubleValue())
                .setMarginMode(raw == null ? MarginMode.CROSS : MarginMode.ISOLATED)
                .setIsolatedMargin(
                        raw == null
                                ? null
                                : (Double) raw.add(holding.size().multiply(holding.entryPrice()))
                                        .doubleValue())
                .setMaxLeverage(own != null && grandfathered ? (Double) own.doubleValue() : null)
                .setVenueLiquidationPrice(liquidation == null ? null : (Double) liquidation.doubleValue())
                .setVenueMarkPrice(holding.mark().doubleValue())
                .build();
    }
}
