package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.topology.MonitorStores;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Query parameters, checked. */
final class Parameters {

    /** Whose states are meant, see {@link Scope}. */
    static final String SCOPE = "scope";

    private static final int MOST = 10_000;

    /** A percent sign that escapes nothing, as people type it: {@code shock=-5%}. */
    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** Years 1 to 9999 and more: what window stores can count in. */
    private static final long LATEST_MS = 253_402_300_799_999L;

    private Parameters() {}

    /** A moment: ISO-8601 with a zone, or epoch milliseconds. */
    static Instant instant(Context context, String name, Instant fallback) {
        String text = context.queryParam(name);
        if (text == null || text.isBlank()) {
            return fallback;
        }
        try {
            Instant instant = text.matches("\\d{1,15}")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            if (instant.isBefore(Instant.EPOCH) || instant.toEpochMilli() > LATEST_MS) {
                throw badInstant(name, text);
            }
            return instant;
        } catch (DateTimeParseException | ArithmeticException e) {
            throw badInstant(name, text);
        }
    }

    static Duration windowSize(Context context) {
        String text = context.queryParam("size");
        if (text == null) {
            return MonitorStores.WINDOW_SIZES.get(0);
        }
        return MonitorStores.WINDOW_SIZES.stream()
                .filter(size -> MonitorStores.label(size).equals(text))
                .findFirst()
                .orElseThrow(() -> Problem.badParameter(
                        "size",
                        text,
                        MonitorStores.WINDOW_SIZES.stream()
                                .map(MonitorStores::label)
                                .collect(Collectors.joining(", "))));
    }

    static int limit(Context context, int fallback) {
        return limit(context, fallback, MOST);
    }

    static int limit(Context context, int fallback, int most) {
        String text = context.queryParam("limit");
        if (text == null) {
            return fallback;
        }
        int limit = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw Problem.badParameter("limit", text, "a whole number from 1 to " + most);
        }
        return limit;
    }

    /** The text itself, where it is one of the names. */
    static String oneOf(String name, String text, Collection<String> names) {
        if (!names.contains(text)) {
            throw Problem.badParameter(name, text, names);
        }
        return text;
    }

    /** True when another instance asks, which wants what is here and nothing else. */
    static boolean isLocalOnly(Context context) {
        return Scope.of(context) != Scope.ALL;
    }

    /**
     * Names and values of the query, where numbers may be typed as people do: a percent sign that escapes nothing and a
     * plus sign are taken as they are. Of several values of one name the first counts.
     */
    static Map<String, String> ofQuery(Context context) {
        String typed = context.queryString() == null ? "" : context.queryString();
        String query = LONE_PERCENT.matcher(typed).replaceAll("%25").replace("+", "%2B");
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : query.split("&")) {
            if (!part.isEmpty()) {
                int split = part.indexOf('=');
                parameters.putIfAbsent(
                        decoded(split < 0 ? part : part.substring(0, split)),
                        split < 0 ? "" : decoded(part.substring(split + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A number as a fraction ({@code -0.05}) or percentage ({@code -5%}); null where it is not given. */
    static @Nullable Double fraction(
            Map<String, String> parameters, String name, DoublePredicate isAllowed, String allowed) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            boolean percent = text.endsWith("%");
            BigDecimal number = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
            double value = (percent ? number.movePointLeft(2) : number).doubleValue();
            if (isAllowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw Problem.badParameter(name, text, allowed);
        }
        throw Problem.badParameter(name, text, allowed);
    }

    private static Problem badInstant(String name, String text) {
        return Problem.badParameter(name, text, "ISO-8601 with a zone (2026-08-01T00:00:00Z) or epoch milliseconds");
    }
}
