package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.plimsoll.schemas.Keys;
import io.plimsoll.server.access.AccessDenied;
import io.plimsoll.server.access.AccountMask;
import io.plimsoll.server.access.AccountNames;
import io.plimsoll.server.monitor.Instruments;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a caller gets to see of an answer: all of it, or pseudonyms in place of accounts. */
final class ReadersView {

    /** Attribute of a request whose caller sees pseudonyms. */
    static final String OF_CALLER = "plimsoll.view";

    /** All of it. */
    static final ReadersView PLAIN = new ReadersView(null, null);

    private final @Nullable AccountNames names;
    private final @Nullable Supplier<Instruments> instruments;

    /** A view under pseudonyms. */
    ReadersView(@Nullable AccountNames names, @Nullable Supplier<Instruments> instruments) {
        this.names = names;
        this.instruments = instruments;
    }

    /** That of a request's caller. */
    static ReadersView of(Context context) {
        ReadersView view = context.attribute(OF_CALLER);
        return view == null ? PLAIN : view;
    }

    /** Whether the caller sees accounts by their own names. */
    boolean isPlain() {
        return names == null;
    }

    /** The same for all callers who see the same. */
    Object whose() {
        return names == null ? ReadersView.class : names;
    }

    /** The body as the caller may see it. */
    JsonNode of(JsonNode body) {
        AccountMask mask = mask();
        return mask == null ? body : mask.masked(body);
    }

    /** The text as the caller may see it. */
    String of(String text) {
        AccountMask mask = mask();
        return mask == null ? text : mask.text(text);
    }

    /** A problem as the caller may see it: without names near the one asked for, and with as little as that where need be. */
    JsonNode ofProblem(ObjectNode problem) {
        if (names == null) {
            return problem;
        }
        if (problem.remove("known") != null) {
            problem.put("detail", problem.path("title").asText());
        }
        try {
            return of(problem);
        } catch (Problem notReady) {
            return problem.put("detail", problem.path("title").asText()).put("instance", "/");
        }
    }

    /**
     * What an id that the caller has given stands for: venue:pseudonym, or a pseudonym alone.
     *
     * @throws AccessDenied for an account's own name, from a caller who sees pseudonyms
     */
    String meant(String id) {
        if (names == null) {
            return id;
        }
        int separator = id.indexOf(Keys.SEPARATOR) + 1;
        return id.substring(0, separator)
                + names.original(id.substring(separator)).orElseThrow(AccessDenied::plainName);
    }

    private @Nullable AccountMask mask() {
        if (names == null || instruments == null) {
            return null;
        }
        Instruments known = instruments.get();
        return new AccountMask(names, known.venues(), market -> known.terms(market) != null);
    }
}
