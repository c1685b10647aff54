package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * One tier of a venue's margin table, as the venue states it.
 *
 * @param floorUsd lowest notional of the tier, USD, >= 0
 * @param maintenanceRate maintenance margin as a fraction of notional, between 0 and 1
 * @param deductionUsd taken off rate x notional, USD; null: so that maintenance is continuous at the floor
 * @param maxLeverage highest leverage allowed in the tier; null: not stated
 */
public record Tier(
        double floorUsd,
        double maintenanceRate,
        @Nullable Double deductionUsd,
        @Nullable Double maxLeverage) {}
