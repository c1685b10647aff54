package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * How times are written.
 *
 * @param unitsPerMs for epoch times; null for calendar times
 * @param calendar for calendar times; null for epoch times
 * @param zone of calendar times that name none
 * @param name for messages
 */
record TimeFormat(@Nullable BigDecimal unitsPerMs, @Nullable DateTimeFormatter calendar, ZoneId zone, String name) {

    static TimeFormat parse(String format, ZoneId zone) {
        return switch (format) {
            case "s" -> epoch("0.001", "epoch seconds");
            case "ms" -> epoch("1", "epoch milliseconds");
            case "us" -> epoch("1000", "epoch microseconds");
            case "ns" -> epoch("1000000", "epoch nanoseconds");
            case "iso" -> new TimeFormat(null, DateTimeFormatter.ISO_DATE_TIME, zone, "an ISO-8601 time");
            default -> new TimeFormat(null, DateTimeFormatter.ofPattern(format), zone, "a time as " + format);
        };
    }

    private static TimeFormat epoch(String unitsPerMs, String name) {
        return new TimeFormat(new BigDecimal(unitsPerMs), null, ZoneId.of("UTC"), name);
    }

    /** Epoch milliseconds, rounded down. */
    long millis(String text) {
        try {
            long millis = calendar == null ? epochMillis(text) : calendarMillis(text, calendar);
            if (millis >= 0) {
                return millis;
            }
        } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
            throw new InputException("allowed is " + name, e);
        }
        throw new InputException("allowed is " + name + ", 1970 or later");
    }

    private long epochMillis(String text) {
        BigDecimal units = new BigDecimal(text);
        if (units.precision() - units.scale() > 30) {
            throw new ArithmeticException("too large");
        }
        return units.divide(unitsPerMs == null ? BigDecimal.ONE : unitsPerMs, 0, RoundingMode.FLOOR)
                .longValueExact();
    }

    private long calendarMillis(String text, DateTimeFormatter formatter) {
        if (formatter == DateTimeFormatter.ISO_DATE_TIME && text.matches("\\d{4}-\\d\\d-\\d\\d")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant().toEpochMilli();
        }
        // Many exports put a space where ISO-8601 has a T.
        String written =
                formatter == DateTimeFormatter.ISO_DATE_TIME ? text.replaceFirst("(\\d) (\\d)", "$1T$2") : text;
        TemporalAccessor parsed =
                formatter.parseBest(written, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        Instant instant;
        if (parsed instanceof OffsetDateTime time) {
            instant = time.toInstant();
        } else if (parsed instanceof LocalDateTime time) {
            instant = time.atZone(zone).toInstant();
        } else {
            instant = LocalDate.from(parsed).atStartOfDay(zone).toInstant();
        }
        return instant.toEpochMilli();
    }
}
