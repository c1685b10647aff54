package io.plimsoll.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with the published measures of a market, a line for each number. */
final class WrongNumbers {

    /** Of ratios, of themselves. */
    private static final double OF_RATIO = 1e-9;

    /** Of money: each of its parts is rounded to micro-dollars, and a sum of doubles to less than a billionth. */
    private static final double USD = 1e-4;

    private final String market;
    private final List<String> lines = new ArrayList<>();

    WrongNumbers(String market) {
        this.market = market;
    }

    List<String> lines() {
        return lines;
    }

    void expect(String field, boolean right, @Nullable Object expected, @Nullable Object actual) {
        if (!right) {
            lines.add(market + " " + field + ": expected " + expected + ", actual " + actual);
        }
    }

    void expectEqual(String field, @Nullable Object expected, @Nullable Object actual) {
        expect(field, Objects.equals(expected, actual), expected, actual);
    }

    /** A ratio, or null where there is none. */
    void expectRatio(String field, @Nullable Double expected, @Nullable Double actual) {
        boolean right = expected == null || actual == null
                ? Objects.equals(expected, actual)
                : Math.abs(actual - expected) <= OF_RATIO * Math.abs(expected);
        expect(field, right, expected, actual);
    }

    /** Money between two bounds that may be the same. */
    void expectBetween(String field, double least, double most, @Nullable Double actual) {
        boolean right = actual != null
                && actual >= least - USD - OF_RATIO * Math.abs(least)
                && actual <= most + USD + OF_RATIO * Math.abs(most);
        expect(field, right, least + " to " + most, actual);
    }
}
