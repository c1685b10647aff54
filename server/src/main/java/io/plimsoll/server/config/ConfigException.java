package io.plimsoll.server.config;

/** A configuration that cannot be used; the message is one sentence for the user. */
public final class ConfigException extends RuntimeException {

    ConfigException(String message) {
        super(message);
    }
}
