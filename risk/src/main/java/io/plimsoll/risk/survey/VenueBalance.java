package io.plimsoll.risk.survey;

import io.plimsoll.risk.scenario.Saturating;

/**
 * The accounts of a venue as banks. Adding is exact and stops at the largest number.
 *
 * @param accounts with equity above 0 and something whose price moves, count
 * @param withoutEquity with equity of 0 or less, left out of everything else here, count
 * @param equityMicroUsd of the former, without haircuts, >= 0
 * @param grossMicroUsd their gross notional: positions, and coins held and owed, >= 0
 * @param commitmentMicroUsd the same after what an account is long and short of in one asset is netted, >= 0 (commitment
 *     method, Article 8 AIFMD Level 2)
 */
public record VenueBalance(
        long accounts, long withoutEquity, long equityMicroUsd, long grossMicroUsd, long commitmentMicroUsd) {

    /** Nobody. */
    public static final VenueBalance NONE = new VenueBalance(0, 0, 0, 0, 0);

    /** Both together. */
    public VenueBalance plus(VenueBalance other) {
        return new VenueBalance(
                accounts + other.accounts,
                withoutEquity + other.withoutEquity,
                Saturating.add(equityMicroUsd, other.equityMicroUsd),
                Saturating.add(grossMicroUsd, other.grossMicroUsd),
                Saturating.add(commitmentMicroUsd, other.commitmentMicroUsd));
    }
}
