package io.plimsoll.server.access;

import io.plimsoll.server.config.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param name as the key or the issuer names him; null: nobody was asked who he is
 */
public record Caller(@Nullable String name, Role role) {

    /** Where nobody is asked: everybody may do everything. */
    static final Caller UNASKED = new Caller(null, Role.OPERATOR);

    /** Somebody without a key or token. */
    static final Caller STRANGER = new Caller(null, Role.ANYONE);
}
