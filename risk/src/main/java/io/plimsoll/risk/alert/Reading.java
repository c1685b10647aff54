package io.plimsoll.risk.alert;

/**
 * One condition and what was found.
 *
 * @param value what is compared, in unit; NaN where not known
 * @param unit unit of value and threshold
 */
public record Reading(Condition condition, double value, String unit, boolean holds) {}
