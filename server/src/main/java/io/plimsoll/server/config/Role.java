package io.plimsoll.server.config;

import io.javalin.security.RouteRole;
import java.util.Locale;

/** What somebody may do over HTTP, and what a route asks for; each includes those before it. */
public enum Role implements RouteRole {
    /** Nothing but what is open to all: health and the page's own files. */
    ANYONE,
    /** Looks at everything, and asks what-if questions. */
    READER,
    /** Takes up and silences alerts, writes schemas, and sees accounts plain where readers see pseudonyms. */
    OPERATOR;

    /** Whether whoever has this role may do what asks for the other. */
    public boolean includes(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** As settings and answers name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
