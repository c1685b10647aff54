package io.plimsoll.risk.survey;

/**
 * A common shock at which the resting place of all prices jumps.
 *
 * @param distance the least shock that sets it off, a fraction of prices, >= 0
 * @param entry whole move of the common factor with a shock just short of it, a fraction of prices
 * @param landing whole move of the common factor then, a fraction of prices, more than the distance
 * @param forcedUsd what the jump alone forces to be sold (in a rise, bought), at the prices before, USD
 * @param fallers who falls in it
 */
public record SystemTip(double distance, double entry, double landing, double forcedUsd, Fallers fallers) {}
