package io.plimsoll.server.access;

import io.plimsoll.server.config.Role;
import org.jspecify.annotations.Nullable;

/** A request that is not answered, because of who asks. The message never holds what he gave to prove himself. */
public final class AccessDenied extends RuntimeException {

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;
    private static final String REALM = "Bearer realm=\"plimsoll\"";

    private final int status;
    private final String title;
    private final @Nullable String challenge;

    private AccessDenied(int status, String title, String detail, @Nullable String challenge) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.challenge = challenge;
    }

    static AccessDenied missing(Role needed) {
        return new AccessDenied(
                UNAUTHORIZED,
                "Sign in",
                "this needs the role " + needed.label()
                        + ": send an API key or a token, Authorization: Bearer ..., or a key as X-API-Key",
                REALM);
    }

    static AccessDenied bad(String why) {
        return new AccessDenied(UNAUTHORIZED, "Sign in again", why, REALM + ", error=\"invalid_token\"");
    }

    static AccessDenied forbidden(Caller caller, Role needed) {
        return new AccessDenied(
                FORBIDDEN,
                "Not allowed",
                "this needs the role " + needed.label() + ", and " + caller.name() + " has "
                        + (caller.role() == Role.ANYONE ? "none" : caller.role().label()),
                null);
    }

    /** A reader who sees pseudonyms has named an account plainly: an answer would tell which pseudonym is its. */
    public static AccessDenied plainName() {
        return new AccessDenied(
                FORBIDDEN,
                "Not allowed",
                "to readers accounts have pseudonyms here, as the lists of accounts and alerts show them: ask by these, or"
                        + " as " + Role.OPERATOR.label(),
                null);
    }

    static AccessDenied cannotTell(String why) {
        return new AccessDenied(UNAVAILABLE, "Not ready", why, null);
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** What it comes to, in two words. */
    public String title() {
        return title;
    }

    /** Value of WWW-Authenticate; null: none. */
    public @Nullable String challenge() {
        return challenge;
    }
}
