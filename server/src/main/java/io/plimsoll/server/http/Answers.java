package io.plimsoll.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.plimsoll.server.openapi.Answer;
import io.plimsoll.server.openapi.Columns;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Sends answers: as JSON or as CSV, with an ETag and what leads on; or, to those who have them already, as 304. */
final class Answers {

    /** In a table there is no place to name the instances that are missing. */
    static final String MISSING = "Plimsoll-Missing";

    private static final String COLUMNS = "plimsoll.columns";
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private Answers() {}

    /**
     * Checks that what is asked for can be given, before any work is done.
     *
     * @param columns of the answer as a table; null: it is none
     */
    static void prepare(Context context, String type, @Nullable Columns columns) {
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
    }

    /** Sends an answer with the status that the context has. */
    static void send(Context context, JsonNode body) {
        Columns columns = context.attribute(COLUMNS);
        if (body.path(Page.NEXT).isTextual()) {
            context.header("Link", link(context, body.path(Page.NEXT).asText()));
        }
        if (context.statusCode() == OK && "GET".equals(context.req().getMethod())) {
            String tag = Fingerprint.of(body, columns == null ? Answer.JSON : Columns.CSV);
            context.header("ETag", tag).header("Cache-Control", "no-cache");
            String known = context.header("If-None-Match");
            if (known != null && Fingerprint.isIn(known, tag)) {
                context.status(NOT_MODIFIED);
                return;
            }
        }
        if (columns == null) {
            context.contentType(Answer.JSON).result(body.toString());
            return;
        }
        if (!body.path("missing").isEmpty()) {
            List<String> missing = new ArrayList<>();
            body.path("missing").forEach(instance -> missing.add(instance.asText()));
            context.header(MISSING, String.join(", ", missing));
        }
        context.contentType(Columns.CSV + "; charset=utf-8; header=present").result(columns.csv(body));
    }

    private static String link(Context context, String next) {
        StringJoiner query = new StringJoiner("&");
        context.queryParamMap().forEach((name, values) -> {
            if (!name.equals(Page.AFTER) && !name.equals(Parameters.SCOPE)) {
                values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
            }
        });
        query.add(Page.AFTER + "=" + next);
        return "<" + context.req().getRequestURI() + "?" + query + ">; rel=\"next\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
