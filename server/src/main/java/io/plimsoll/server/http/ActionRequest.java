package io.plimsoll.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.NearestName;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a request to take up or silence an alert, checked field by field. */
final class ActionRequest {

    static final String BY = "by";
    static final String REASON = "reason";
    static final String TARGET = "target";
    private static final String UNTIL = "until";
    private static final String FOR = "for";

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_REASON = 2_000;
    private static final long LONGEST_DAYS = 366;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}) ?(s|m|h|d)");

    private final JsonNode body;

    private ActionRequest(JsonNode body) {
        this.body = body;
    }

    /** An object of these fields, and of an end where there may be one. */
    static ActionRequest of(ObjectMapper json, String text, boolean mayEnd, String... fields) {
        List<String> allowed = new ArrayList<>(List.of(fields));
        if (mayEnd) {
            allowed.addAll(List.of(UNTIL, FOR));
        }
        try {
            JsonNode body = json.readTree(text);
            if (body == null || !body.isObject()) {
                throw Problem.badBody("the body is no JSON object, allowed is {\"by\": \"who\", \"reason\": \"why\""
                        + (mayEnd ? ", \"for\": \"2h\"}" : "}"));
            }
            body.fieldNames().forEachRemaining(name -> {
                if (!allowed.contains(name)) {
                    throw Problem.badBody("there is no field " + name + ", " + NearestName.allowed(name, allowed));
                }
            });
            return new ActionRequest(body);
        } catch (JsonProcessingException e) {
            throw Problem.badBody("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * Who does it: as he is known by his key or token, and, where he says so, by which person.
     *
     * @param known null: nobody asked him who he is
     */
    String by(@Nullable String known) {
        if (known == null) {
            return text(BY, LONGEST_NAME);
        }
        String said = body.has(BY) ? text(BY, LONGEST_NAME) : known;
        return said.equals(known) ? known : known + ": " + said;
    }

    String reason() {
        return text(REASON, LONGEST_REASON);
    }

    /** A text that must be there. */
    String text(String name, int longest) {
        JsonNode value = body.path(name);
        String text = value.isTextual() ? value.asText().strip() : "";
        if (text.isEmpty() || text.length() > longest) {
            throw Problem.badBody(
                    name + " is " + shown(value) + ", allowed is a text of 1 to " + longest + " characters");
        }
        return text;
    }

    /** The end, given as a moment or as a time from now; epoch milliseconds. */
    long untilMs(long nowMs) {
        if (body.has(UNTIL) == body.has(FOR)) {
            throw Problem.badBody((body.has(UNTIL) ? "until and for are both given" : "until and for are missing")
                    + ", allowed is one of them: \"until\": \"2026-08-01T00:00:00Z\" or \"for\": \"2h\"");
        }
        long untilMs = body.has(FOR) ? nowMs + forMs(body.path(FOR)) : momentMs(body.path(UNTIL));
        if (untilMs <= nowMs || untilMs > nowMs + TimeUnit.DAYS.toMillis(LONGEST_DAYS)) {
            String name = body.has(FOR) ? FOR : UNTIL;
            throw Problem.badBody(name + " is " + shown(body.path(name)) + ", allowed is an end after now, "
                    + Instant.ofEpochMilli(nowMs) + ", and within " + LONGEST_DAYS + " days");
        }
        return untilMs;
    }

    private static long forMs(JsonNode value) {
        Matcher matcher = DURATION.matcher(value.isTextual() ? value.asText().strip() : "");
        if (!matcher.matches()) {
            throw Problem.badBody(FOR + " is " + shown(value) + ", allowed is a number with a unit (30s, 15m, 2h, 1d)");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> TimeUnit.SECONDS.toMillis(number);
            case "m" -> TimeUnit.MINUTES.toMillis(number);
            case "h" -> TimeUnit.HOURS.toMillis(number);
            default -> TimeUnit.DAYS.toMillis(number);
        };
    }

    private static long momentMs(JsonNode value) {
        try {
            if (value.isIntegralNumber() && value.canConvertToLong()) {
                return value.asLong();
            }
            if (value.isTextual()) {
                return OffsetDateTime.parse(value.asText().strip()).toInstant().toEpochMilli();
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw badMoment(value);
        }
        throw badMoment(value);
    }

    private static Problem badMoment(JsonNode value) {
        return Problem.badBody(UNTIL + " is " + shown(value)
                + ", allowed is ISO-8601 with a zone (2026-08-01T00:00:00Z) or epoch milliseconds");
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
