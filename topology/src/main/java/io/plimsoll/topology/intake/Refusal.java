package io.plimsoll.topology.intake;

import io.plimsoll.schemas.avro.DeadLetterReason;

/**
 * Why a record cannot be used.
 *
 * @param reason its class
 * @param detail one sentence: field, value, what is allowed
 */
public record Refusal(DeadLetterReason reason, String detail) {

    private static final int LONGEST_VALUE = 80;

    static Refusal invalid(String field, Object value, String allowed) {
        return new Refusal(DeadLetterReason.INVALID_VALUE, field + " is " + shown(value) + ", allowed is " + allowed);
    }

    /** A value as it may be shown: a hostile one is cut. */
    static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() <= LONGEST_VALUE
                ? text
                : text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters)";
    }
}
