package io.plimsoll.risk.alert;

import org.jspecify.annotations.Nullable;

/**
 * One metric against one threshold.
 *
 * @param windowMs what the value is compared with, milliseconds of event time, more than 0; 0 where form is LEVEL
 * @param threshold value beyond which it holds, in the unit of metric and form
 * @param resolveThreshold value at which it ceases to hold, in the same unit, not beyond the threshold; null: the
 *     threshold
 */
public record Condition(
        String metric,
        Form form,
        long windowMs,
        Comparison comparison,
        double threshold,
        @Nullable Double resolveThreshold) {

    /** The longest time in rules: a year. */
    static final long LONGEST_MS = 366L * 24 * 60 * 60 * 1_000;

    public Condition {
        if (form == Form.LEVEL ? windowMs != 0 : windowMs <= 0 || windowMs > LONGEST_MS) {
            throw new IllegalArgumentException("windowMs of " + metric + " is " + windowMs + ", allowed is "
                    + (form == Form.LEVEL ? "none where form is LEVEL" : "more than 0, to " + LONGEST_MS));
        }
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException(
                    "threshold of " + metric + " is " + threshold + ", allowed is a finite number");
        }
        if (form == Form.RANK && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException(
                    "threshold of " + metric + " is " + threshold + ", allowed is 0 to 1 where form is RANK");
        }
        boolean within = resolveThreshold == null
                || (comparison == Comparison.ABOVE ? resolveThreshold <= threshold : resolveThreshold >= threshold);
        if (!within || (resolveThreshold != null && !Double.isFinite(resolveThreshold))) {
            throw new IllegalArgumentException("resolveThreshold of " + metric + " is " + resolveThreshold
                    + ", allowed is " + threshold + (comparison == Comparison.ABOVE ? " or less" : " or more"));
        }
    }

    /**
     * Whether it holds at a known value.
     *
     * @param heldBefore whether it held until now: then it goes on until the value has come back to resolveThreshold
     */
    boolean holds(double value, boolean heldBefore) {
        double limit = heldBefore && resolveThreshold != null ? resolveThreshold : threshold;
        return comparison == Comparison.ABOVE ? value > limit : value < limit;
    }
}
