package io.plimsoll.risk.survey;

import io.plimsoll.risk.scenario.Saturating;

/**
 * The accounts of a venue as banks. Adding is exact and stops at the largest number.
 *
 * @param accounts with equity above 0 and something whose price moves, count
 * @param withoutEquity with equity of 0 or less, left out of everything else here, count
 * @param equityMicroUsd of the former, without haircuts, >= 0
 * @param grossMicroUsd their gross notional: positions, and coins held and owed, >= 0
 */
public record VenueBalance(long accounts, long withoutEquity, long equityMicroUsd, long grossMicroUsd) {

    /** Both together. */
    public VenueBalance plus(VenueBalance other) {
        return new VenueBalance(
                accounts + other.accounts,
                withoutEquity + other.withoutEquity,
                Saturating.add(equityMicroUsd, other.equityMicroUsd),
                Saturating.add(grossMicroUsd, other.grossMicroUsd));
    }
}
