package io.plimsoll.benchmarks;

import java.util.Locale;

/** Numbers as people write them: 1k, 1m. */
final class Sizes {

    private static final long THOUSAND = 1_000;
    private static final long MILLION = 1_000_000;

    private Sizes() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException where it is none above 0
     */
    static long parse(String text) {
        String lower = text.trim().toLowerCase(Locale.ROOT);
        long unit = lower.endsWith("k") ? THOUSAND : lower.endsWith("m") ? MILLION : 1;
        String digits = unit == 1 ? lower : lower.substring(0, lower.length() - 1);
        try {
            long number = Math.multiplyExact(Long.parseLong(digits), unit);
            if (number > 0) {
                return number;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw notASize(text, e);
        }
        throw notASize(text, null);
    }

    static String text(long number) {
        if (number % MILLION == 0) {
            return number / MILLION + "M";
        }
        return number % THOUSAND == 0 ? number / THOUSAND + "k" : Long.toString(number);
    }

    /** Without a fraction that is zero. */
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static IllegalArgumentException notASize(String text, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a number of positions, allowed is 1 or more, as 500, 10k or 1m", cause);
    }
}
