package io.plimsoll.server.monitor;

/** The program cannot start for a reason outside it; the message is one sentence for the user. */
public final class StartException extends RuntimeException {

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
