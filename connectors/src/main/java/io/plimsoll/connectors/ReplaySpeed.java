package io.plimsoll.connectors;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a recording is played.
 *
 * @param factor event time per clock time, > 0; infinite is as fast as possible
 */
public record ReplaySpeed(double factor) {

    /** As fast as possible. */
    public static final ReplaySpeed MAX = new ReplaySpeed(Double.POSITIVE_INFINITY);

    private static final Pattern TIMES = Pattern.compile("(\\d+(?:\\.\\d+)?)x");

    public ReplaySpeed {
        if (!(factor > 0)) {
            throw new InputException("speed is " + factor + ", allowed is more than 0");
        }
    }

    /**
     * Reads {@code max}, {@code 1x}, {@code 60x}, {@code 0.5x}.
     *
     * @throws InputException if it is none of these
     */
    public static ReplaySpeed parse(String text) {
        if (text.equals("max")) {
            return MAX;
        }
        Matcher times = TIMES.matcher(text);
        if (!times.matches() || !(Double.parseDouble(times.group(1)) > 0)) {
            throw new InputException("speed is " + text + ", allowed is max, or a factor such as 1x or 60x");
        }
        return new ReplaySpeed(Double.parseDouble(times.group(1)));
    }

    boolean isMax() {
        return Double.isInfinite(factor);
    }
}
