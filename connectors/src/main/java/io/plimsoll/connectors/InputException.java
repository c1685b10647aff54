package io.plimsoll.connectors;

import org.jspecify.annotations.Nullable;

/**
 * Something that a user gave cannot be used. The message is one sentence for the user: where it is, which value, what is
 * allowed.
 */
public final class InputException extends RuntimeException {

    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The same, with the place put before it. */
    public InputException at(String place) {
        return new InputException(place + ": " + getMessage(), this);
    }
}
