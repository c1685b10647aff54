package io.plimsoll.connectors.feed;

import org.jspecify.annotations.Nullable;

/** What a venue sent cannot be read. The message says where, which value, what is allowed. */
public final class FeedFormatException extends RuntimeException {

    public FeedFormatException(String message) {
        super(message);
    }

    public FeedFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
