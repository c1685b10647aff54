package io.plimsoll.server.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times on the command line. */
final class Times {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,7})(ms|s|m|h)?");

    private Times() {}

    /** A number of seconds, or with a unit: 500ms, 30s, 5m, 1h. */
    static Duration duration(String option, String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new UsageException(
                    option + " is \"" + text + "\", allowed is a number with a unit (500ms, 30s, 5m, 1h)");
        }
        long number = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2) == null ? "s" : matcher.group(2);
        return switch (unit) {
            case "ms" -> Duration.ofMillis(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }
}
