package io.plimsoll.connectors;

/** A record could not be written; the message names its topic and key. */
public final class RecordSinkException extends RuntimeException {

    public RecordSinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
