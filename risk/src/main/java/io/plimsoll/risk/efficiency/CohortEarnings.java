package io.plimsoll.risk.efficiency;

import org.jspecify.annotations.Nullable;

/**
 * What cohorts have earned over some hours: of each hour what those who were in the cohort at its beginning made of the hour's
 * move with what they held then. Sums: hours, and parts of a market, add up (but for squares, which are of one cohort).
 *
 * @param hours count
 * @param profitUsd sum of the hours' profits, USD; negative is loss
 * @param squaredUsd sum of their squares, USD squared
 * @param capitalUsd sum of own equities at the hours' beginnings, USD; may be negative
 * @param notionalUsd sum of notionals at the hours' beginnings, USD, >= 0
 */
public record CohortEarnings(int hours, double profitUsd, double squaredUsd, double capitalUsd, double notionalUsd) {

    public static final CohortEarnings NONE = new CohortEarnings(0, 0, 0, 0, 0);

    /**
     * Of one hour.
     *
     * @param sign 1 of longs, -1 of shorts
     * @param notionalUsd at the hour's beginning
     * @param capitalUsd own equity then
     * @param move price at its end / price at its beginning - 1
     */
    public static CohortEarnings ofHour(int sign, double notionalUsd, double capitalUsd, double move) {
        double profit = sign * notionalUsd * move;
        return new CohortEarnings(1, profit, profit * profit, capitalUsd, notionalUsd);
    }

    /** Both together. */
    public CohortEarnings plus(CohortEarnings other) {
        return new CohortEarnings(
                hours + other.hours,
                profitUsd + other.profitUsd,
                squaredUsd + other.squaredUsd,
                capitalUsd + other.capitalUsd,
                notionalUsd + other.notionalUsd);
    }

    /** Own equity at an hour's beginning, mean over the hours, USD; null where there is no hour. */
    public @Nullable Double meanCapitalUsd() {
        return hours == 0 ? null : (Double) (capitalUsd / hours);
    }

    /** Profit over mean capital, a fraction; null where there is no hour, or no capital. */
    public @Nullable Double returnOnCapital() {
        Double capital = meanCapitalUsd();
        return capital == null || capital <= 0 ? null : (Double) (profitUsd / capital);
    }

    /** Profit over the root of the sum of squared hourly profits, a ratio; null where nothing was at stake. */
    public @Nullable Double profitPerRisk() {
        return squaredUsd == 0 ? null : (Double) (profitUsd / Math.sqrt(squaredUsd));
    }
}
