package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * One tier of a venue's margin table, as the venue states it. Money is in quote units where the contract is linear, in
 * units of the settle asset where it is inverse.
 *
 * @param floor lowest notional of the tier, >= 0
 * @param maintenanceRate maintenance margin as a fraction of notional, between 0 and 1
 * @param deduction taken off rate x notional; null: so that maintenance is continuous at the floor
 * @param maxLeverage highest leverage allowed in the tier; null: not stated
 */
public record Tier(
        double floor,
        double maintenanceRate,
        @Nullable Double deduction,
        @Nullable Double maxLeverage) {}
