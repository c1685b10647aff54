package io.plimsoll.schemas;

import org.apache.kafka.common.errors.SerializationException;

/** A record's bytes cannot be read, and never will be: it belongs in the dead letters. */
public final class UnreadableRecordException extends SerializationException {

    /** What is wrong with the bytes. */
    public enum Cause {
        /** They are not in Confluent's wire format, or end early, or go on too long. */
        NOT_AVRO,
        /** The registry does not know their schema id. */
        UNKNOWN_SCHEMA,
        /** Their schema is another record's, or one that ours cannot read. */
        WRONG_SCHEMA
    }

    private final Cause reason;

    UnreadableRecordException(Cause reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What is wrong with the bytes. */
    public Cause reason() {
        return reason;
    }
}
