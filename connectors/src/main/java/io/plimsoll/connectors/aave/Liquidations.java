package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.FeedHealth;
import io.plimsoll.connectors.feed.FeedOutput;
import io.plimsoll.connectors.feed.ForcedTrades;
import io.plimsoll.connectors.feed.HttpCall;
import io.plimsoll.connectors.feed.SourceOffsets;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Liquidation calls, asked for at intervals from a while before the block until which all are known. */
final class Liquidations {

    /** How far back each question goes: the chain may put other blocks in place of its newest. */
    private static final long MARGIN_MS = 300_000;

    private final String venue;
    private final Queries queries;
    private final FeedHealth health;
    private final ForcedTrades forced;
    private final long everyMs;

    private long knownMs;
    private long firstBlockMs;
    private String after = "";
    private long dueMs;
    private boolean isAsked;

    /** @param knownMs until when an earlier task has seen all, epoch milliseconds; now, where there was none */
    Liquidations(AaveConfig config, Queries queries, SourceOffsets offsets, FeedHealth health, long knownMs) {
        this.venue = config.venue();
        this.queries = queries;
        this.health = health;
        this.forced = new ForcedTrades(config.venue(), "liquidationCalls", offsets, knownMs);
        this.everyMs = config.getLong(AaveConfig.LIQUIDATIONS_INTERVAL);
        this.knownMs = knownMs;
    }

    /** The question that is due, if there is one. */
    Optional<HttpCall> next(long nowMs) {
        return isAsked || nowMs < dueMs
                ? Optional.empty()
                : Optional.of(queries.liquidations(after, Math.max(0, (knownMs - MARGIN_MS) / 1_000), nowMs));
    }

    void asked(boolean asked) {
        isAsked = asked;
    }

    /**
     * Takes a page.
     *
     * @param timeMs of the block that it is of, epoch milliseconds
     */
    void take(JsonNode calls, Map<String, Reserve> reserves, long timeMs, long nowMs, FeedOutput output) {
        isAsked = false;
        if (after.isEmpty()) {
            firstBlockMs = timeMs;
        }
        String last = after;
        for (JsonNode call : calls) {
            String id = call.path("id").asText();
            last = id.compareTo(last) > 0 ? id : last;
            try {
                Liquidation liquidation = liquidation(venue, call, reserves);
                forced.add(liquidation, id, VenueJson.whole(call, "timestamp") * 1_000, output);
            } catch (FeedFormatException e) {
                health.malformed("a liquidation", e, call.toString(), nowMs);
            }
        }
        if (calls.size() < queries.page() || last.equals(after)) {
            forced.caughtUp();
            knownMs = Math.max(knownMs, firstBlockMs);
            after = "";
            dueMs = nowMs + everyMs;
        } else {
            after = last;
        }
    }

    /** Collateral that was taken, at the oracle's price of then. */
    static Liquidation liquidation(String venue, JsonNode call, Map<String, Reserve> reserves) {
        String id = VenueJson.text(VenueJson.object(call, "collateralReserve"), "id");
        Reserve reserve = reserves.get(id);
        if (reserve == null) {
            throw new FeedFormatException("collateralReserve is " + id + ", which is not among the reserves");
        }
        BigDecimal price = VenueJson.decimal(call, "collateralAssetPriceUSD");
        BigDecimal amount = VenueJson.decimal(call, "collateralAmount");
        if (price.signum() <= 0 || amount.signum() <= 0) {
            throw VenueJson.wrong(
                    "collateralAmount or collateralAssetPriceUSD", call.get("collateralAmount"), "more than 0");
        }
        return Liquidation.newBuilder()
                .setVenue(venue)
                .setSymbol(reserve.name())
                .setPositionSide(PositionSide.LONG)
                .setQuantity(reserve.units(amount).doubleValue())
                .setPrice(price.doubleValue())
                .setPriceKind(LiquidationPriceKind.MARK)
                .setCensored(false)
                .setAccount(VenueJson.text(VenueJson.object(call, "user"), "id"))
                .setTradeId(VenueJson.text(call, "id"))
                .setLiquidationId(VenueJson.optionalText(call, "txHash"))
                .build();
    }

    /** Until when all are known, epoch milliseconds. */
    long completeToMs() {
        return knownMs;
    }
}
