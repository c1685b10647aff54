package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.plimsoll.server.openapi.Columns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Takes what a route answers, as JSON or as CSV, until it is sent, see {@link Operations}. */
final class Answers {

    private static final String COLUMNS = "plimsoll.columns";
    private static final String GIVEN = "plimsoll.answer";

    private Answers() {}

    /**
     * Checks that what is asked for can be given, before any work is done.
     *
     * @param columns of the answer as a table; null: it is none
     * @return the media type that is wanted
     */
    static String prepare(Context context, String type, @Nullable Columns columns) {
        List<String> offered = columns == null ? List.of(type) : List.of(type, Columns.CSV);
        String accept = context.header("Accept");
        String chosen = Accept.choose(accept, offered)
                .orElseThrow(() -> Problem.notAcceptable(String.valueOf(accept), offered));
        if (columns != null) {
            context.header("Vary", "Accept");
            if (chosen.equals(Columns.CSV)) {
                context.attribute(COLUMNS, columns);
            }
        }
        return chosen;
    }

    /** Takes an answer with the status that the context has. */
    static void give(Context context, JsonNode body) {
        String next = body.path(Page.NEXT).isTextual()
                ? link(context, body.path(Page.NEXT).asText())
                : null;
        boolean tagged = "GET".equals(context.req().getMethod());
        context.attribute(
                GIVEN, RenderedAnswer.of(context.statusCode(), body, context.attribute(COLUMNS), next, tagged));
    }

    /** Takes a state that is written already; its age is that of this moment. */
    static void give(Context context, WrittenState state, long nowMs) {
        context.attribute(GIVEN, RenderedAnswer.of(state, nowMs));
    }

    /** Whether an answer is to be a table. */
    static boolean isTable(Context context) {
        return context.attribute(COLUMNS) != null;
    }

    /** What was given; empty: the route has answered by itself. */
    static Optional<RenderedAnswer> given(Context context) {
        return Optional.ofNullable(context.attribute(GIVEN));
    }

    private static String link(Context context, String next) {
        StringJoiner query = new StringJoiner("&");
        context.queryParamMap().forEach((name, values) -> {
            if (!name.equals(Page.AFTER) && !name.equals(Parameters.SCOPE)) {
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
            }
        });
        query.add(Page.AFTER + "=" + next);
        return context.req().getRequestURI() + "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
