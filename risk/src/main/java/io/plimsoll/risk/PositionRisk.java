package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * A position of an account at present prices.
 *
 * @param size base units, positive long
 * @param notionalUsd >= 0
 * @param unrealisedUsd profit not taken yet; negative is loss
 * @param maintenanceUsd maintenance margin, >= 0
 * @param leverage notional / equity of its pool; null where that is not above 0
 * @param tier margin tier at the present price, from 0
 * @param liquidationPrice quote units: the venue's own where that is used, else ours; null where no price does it
 * @param bankruptcyPrice quote units; null where no price does it
 * @param distance (liquidation price - price) / price: negative is a fall; null where no price does it
 * @param venueLiquidationPrice the venue's own, quote units; null where not reported
 * @param venueDifference relative difference of ours to the venue's at the venue's prices; null where not compared
 * @param mode how the venue would take it
 * @param forcedSize base units that it would take first, >= 0
 * @param forcedUsd the same at the present price
 * @param source how its liquidation price was obtained
 */
public record PositionRisk(
        OpenPosition position,
        double size,
        double notionalUsd,
        double unrealisedUsd,
        double maintenanceUsd,
        @Nullable Double leverage,
        int tier,
        @Nullable Double liquidationPrice,
        @Nullable Double bankruptcyPrice,
        @Nullable Double distance,
        @Nullable Double venueLiquidationPrice,
        @Nullable Double venueDifference,
        LiquidationMode mode,
        double forcedSize,
        double forcedUsd,
        NumberSource source) {}
