package io.plimsoll.server.cli;

/** What the user gave cannot be used; the message is one sentence. Ends the program with {@link ExitCode#USAGE}. */
public final class UsageException extends RuntimeException {

    public UsageException(String message) {
        super(message);
    }
}
