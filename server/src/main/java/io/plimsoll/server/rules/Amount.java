package io.plimsoll.server.rules;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number as rule files write it: plain, in percent, or a time.
 *
 * @param value the number; of a percentage the fraction, of a time milliseconds
 */
record Amount(double value, Form form) {

    enum Form {
        NUMBER,
        PERCENT,
        TIME
    }

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** Reads what the schema lets through. */
    static Amount of(String text) {
        if (text.endsWith("%")) {
            String number = text.substring(0, text.length() - 1).trim();
            return new Amount(new BigDecimal(number).movePointLeft(2).doubleValue(), Form.PERCENT);
        }
        if (TIME.matcher(text).matches()) {
            return new Amount(milliseconds(text), Form.TIME);
        }
        return new Amount(new BigDecimal(text).doubleValue(), Form.NUMBER);
    }

    /** Milliseconds of a time. */
    static long milliseconds(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no time");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> number;
            case "s" -> Duration.ofSeconds(number).toMillis();
            case "m" -> Duration.ofMinutes(number).toMillis();
            case "h" -> Duration.ofHours(number).toMillis();
            default -> Duration.ofDays(number).toMillis();
        };
    }

    /** A time as files write it, in the largest unit that gives a whole number. */
    static String time(long ms) {
        String[] units = {"d", "h", "m", "s"};
        long[] sizes = {86_400_000, 3_600_000, 60_000, 1_000};
        for (int i = 0; i < units.length; i++) {
            if (ms > 0 && ms % sizes[i] == 0) {
                return ms / sizes[i] + units[i];
            }
        }
        return ms + "ms";
    }
}
