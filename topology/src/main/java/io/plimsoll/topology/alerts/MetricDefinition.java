package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Metric;
import io.plimsoll.schemas.avro.RuleForm;

/**
 * One number of a subject that rules may ask about.
 *
 * @param name as rules write it
 * @param unit unit of its level and of its change
 * @param topic topic whose record it is read from, without prefix; of feeds what it is measured on
 * @param from field of that record, or fields with what is done to them; empty where it is no field's
 * @param meaning what it is, in one sentence; metrics of one family have the same
 */
public record MetricDefinition(String name, Unit unit, String topic, String from, String meaning) {

    /** Unit of what a rule compares, by its form. */
    public Unit unit(RuleForm form) {
        return switch (form) {
            case LEVEL, CHANGE -> unit;
            case CHANGE_RATIO, RANK -> Unit.FRACTION;
            case ROBUST_Z -> Unit.DEVIATIONS;
        };
    }

    Metric metric() {
        return new Metric(name, unit.text(), topic);
    }
}
