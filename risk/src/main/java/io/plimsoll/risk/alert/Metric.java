package io.plimsoll.risk.alert;

/**
 * A number that is known of each subject of a kind.
 *
 * @param name name by which rules call it
 * @param unit its unit as it is shown, fraction where it is a share, empty where it is a bare number
 * @param source name of the record that it comes from: what one record says is one {@link Observation}
 */
public record Metric(String name, String unit, String source) {}
