package io.plimsoll.server.http;

import io.javalin.http.Context;
import io.plimsoll.topology.MonitorStores;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Query parameters, checked. */
final class Parameters {

    /** Whose states are meant, see {@link Scope}. */
    static final String SCOPE = "scope";

    private static final int LONGEST_NUMBER = 50;

    /** Years 1 to 9999 and more: what window stores can count in. */
    private static final long LATEST_MS = 253_402_300_799_999L;

    private Parameters() {}

    /** A moment: ISO-8601 with a zone, or epoch milliseconds. */
    static Instant instant(Context context, String name, Instant fallback) {
        String text = context.queryParam(name);
        if (text == null || text.isBlank()) {
            return fallback;
        }
        Instant instant = instant(text);
        if (instant == null) {
            throw Problem.badParameter(name, text, ApiParameters.MOMENTS_ALLOWED);
        }
        return instant;
    }

    /** Whether a text is a moment, or blank. */
    static boolean isInstant(String text) {
        return text.isBlank() || instant(text) != null;
    }

    private static @Nullable Instant instant(String text) {
        try {
            Instant instant = text.matches("\\d{1,15}")
                    ? Instant.ofEpochMilli(Long.parseLong(text))
                    : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
            return instant.isBefore(Instant.EPOCH) || instant.toEpochMilli() > LATEST_MS ? null : instant;
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
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
        Map<String, String> parameters = new LinkedHashMap<>();
        QueryText.of(typed.replace("+", "%2B")).forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    /** Names with commas between them, as they were given; empty: all. */
    static Set<String> names(Context context, String name) {
        String text = context.queryParam(name);
        Set<String> names = new LinkedHashSet<>();
        for (String part : (text == null ? "" : text).split(",")) {
            if (!part.isBlank()) {
                names.add(part.trim());
            }
        }
        return names;
    }

    /** A number as a fraction ({@code -0.05}) or percentage ({@code -5%}); null where it is not given. */
    static @Nullable Double fraction(
            Map<String, String> parameters, String name, DoublePredicate isAllowed, String allowed) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        Double value = fraction(text);
        if (value == null || !isAllowed.test(value)) {
            throw Problem.badParameter(name, text, allowed);
        }
        return value;
    }

    /** Whether a text is a fraction or percentage that is allowed; a plus sign may have been taken for a space. */
    static boolean isFraction(String text, DoublePredicate isAllowed) {
        Double value = fraction(text.startsWith(" ") ? text.substring(1) : text);
        return value != null && isAllowed.test(value);
    }

    private static @Nullable Double fraction(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            boolean percent = text.endsWith("%");
            BigDecimal number = new BigDecimal(percent ? text.substring(0, text.length() - 1) : text);
            return (percent ? number.movePointLeft(2) : number).doubleValue();
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }
}
