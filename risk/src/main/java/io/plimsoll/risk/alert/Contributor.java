package io.plimsoll.risk.alert;

/**
 * What an alert is mainly made of.
 *
 * @param kind account, bucket, venue or market
 * @param name which
 * @param value how much, in unit
 * @param unit unit of value
 */
public record Contributor(String kind, String name, double value, String unit) {}
