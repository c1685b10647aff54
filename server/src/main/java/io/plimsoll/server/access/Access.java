package io.plimsoll.server.access;

import io.plimsoll.server.config.AccessConfig;
import io.plimsoll.server.config.Role;
import org.jspecify.annotations.Nullable;

/** Tells who asks, by an API key or a token, and whether he may. */
public final class Access {

    private static final String BEARER = "Bearer ";

    private final AccessConfig config;
    private final ApiKeys keys;
    private final @Nullable OidcTokens tokens;
    private final @Nullable AccountNames names;

    /**
     * Reads the keys that are in files; an issuer is asked when the first token comes.
     *
     * @throws io.plimsoll.server.monitor.StartException where a key cannot be read
     */
    public Access(AccessConfig config) {
        this.config = config;
        this.keys = new ApiKeys(config.keys());
        this.tokens = config.oidc() == null ? null : new OidcTokens(config.oidc());
        this.names = config.maskSecret() == null ? null : new AccountNames(config.maskSecret());
    }

    /** What /metrics asks for. */
    public Role metricsRole() {
        return config.metricsRole();
    }

    /** Names that the caller sees accounts by; null: their own. */
    public @Nullable AccountNames namesFor(Caller caller) {
        return caller.role() == Role.OPERATOR ? null : names;
    }

    /**
     * Who asks, if he may.
     *
     * @param authorization the header of this name; null: not given
     * @param apiKey the header X-API-Key; null: not given
     * @throws AccessDenied if not
     */
    public Caller caller(@Nullable String authorization, @Nullable String apiKey, Role needed) {
        if (config.isOpen()) {
            return Caller.UNASKED;
        }
        if (needed == Role.ANYONE) {
            return Caller.STRANGER;
        }
        Caller caller = identified(authorization, apiKey);
        if (caller == null) {
            throw AccessDenied.missing(needed);
        }
        if (!caller.role().includes(needed)) {
            throw AccessDenied.forbidden(caller, needed);
        }
        return caller;
    }

    private @Nullable Caller identified(@Nullable String authorization, @Nullable String apiKey) {
        if (apiKey != null) {
            Caller caller = keys.caller(apiKey.strip());
            if (caller == null) {
                throw AccessDenied.bad("X-API-Key is no known API key");
            }
            return caller;
        }
        if (authorization == null) {
            return null;
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw AccessDenied.bad("Authorization has another scheme, allowed is Bearer");
        }
        String given = authorization.substring(BEARER.length()).strip();
        Caller caller = keys.caller(given);
        if (caller != null) {
            return caller;
        }
        if (tokens == null) {
            throw AccessDenied.bad("what was sent is no known API key");
        }
        return tokens.caller(given);
    }
}
