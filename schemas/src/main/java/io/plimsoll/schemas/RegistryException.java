package io.plimsoll.schemas;

/** The schema registry did not do what was asked; the record at hand is not at fault and may be tried again. */
public final class RegistryException extends RuntimeException {

    RegistryException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
