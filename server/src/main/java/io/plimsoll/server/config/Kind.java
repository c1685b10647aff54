package io.plimsoll.server.config;

import io.plimsoll.risk.dependence.AssetFamilies;
import io.plimsoll.topology.measures.MeasureGroup;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a setting's text may be. */
enum Kind {
    TEXT("a text"),
    BOOLEAN("true or false"),
    ORDER("arrival or event-time"),
    PORT("a number from 0 (any free port) to 65535"),
    COUNT("a whole number from 1 to 10000"),
    FRACTION("a number above 0 and below 1, such as 0.25"),
    AMOUNT("a number above 0, to 1000000000000, such as 1000000"),
    REPLICATION("-1 (the broker's default) or a whole number from 1 to 100"),
    URL("an http or https address without user and password"),
    URLS("one or more http or https addresses, separated by commas"),
    HOST_AND_PORT("host:port"),
    AUTH_MODE("auto or none"),
    ROLE("anyone, reader or operator"),
    SECRET("a text of 16 characters or more"),
    SECURE_URL("an https address, or an http address of this machine"),
    SIGNATURES("RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, separated by commas"),
    MEASURES(MeasureGroup.allowed()),
    FAMILIES("NAME=ASSET,ASSET;NAME=ASSET, no asset twice"),
    DURATION("a number with a unit (100ms, 10s, 5m, 1h, 2d)");

    private static final Pattern DURATION_TEXT = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)");
    private static final Pattern HOST_AND_PORT_TEXT = Pattern.compile("[^:/\\s]+:\\d{1,5}");

    /** Of a key pair only: who holds a shared key could sign for himself. */
    private static final Pattern SIGNATURES_TEXT =
            Pattern.compile("(RS|PS|ES)(256|384|512)(, ?(RS|PS|ES)(256|384|512))*");

    private static final int LEAST_SECRET = 16;

    private final String allowed;

    Kind(String allowed) {
        this.allowed = allowed;
    }

    /** The end of the sentence "allowed is ...". */
    String allowed() {
        return allowed;
    }

    boolean accepts(String text) {
        return switch (this) {
            case TEXT -> !text.isBlank();
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case ORDER -> text.equals("arrival") || text.equals("event-time");
            case PORT -> isWithin(text, 0, 65_535);
            case COUNT -> isWithin(text, 1, 10_000);
            case FRACTION -> isFraction(text);
            case AMOUNT -> isAmount(text);
            case REPLICATION -> text.equals("-1") || isWithin(text, 1, 100);
            case URL ->
                !text.contains(",") && areUrls(text) && URI.create(text.trim()).getUserInfo() == null;
            case URLS -> areUrls(text);
            case HOST_AND_PORT -> HOST_AND_PORT_TEXT.matcher(text).matches();
            case AUTH_MODE -> text.equals("auto") || text.equals("none");
            case ROLE -> text.equals("anyone") || text.equals("reader") || text.equals("operator");
            case SECRET -> text.strip().length() >= LEAST_SECRET;
            case SECURE_URL -> URL.accepts(text) && isSecure(URI.create(text.trim()));
            case SIGNATURES -> SIGNATURES_TEXT.matcher(text).matches();
            case MEASURES -> MeasureGroup.isList(text);
            case FAMILIES -> areFamilies(text);
            case DURATION -> DURATION_TEXT.matcher(text).matches();
        };
    }

    private static boolean areFamilies(String text) {
        try {
            AssetFamilies.of(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The duration that {@link #DURATION} accepted. */
    static Duration duration(String text) {
        Matcher matcher = DURATION_TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(text + " is no duration, allowed is " + DURATION.allowed);
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** The text that {@link #duration} reads as that duration. */
    static String text(Duration duration) {
        long ms = duration.toMillis();
        if (ms % 1000 != 0) {
            return ms + "ms";
        }
        long seconds = ms / 1000;
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static boolean isWithin(String text, int low, int high) {
        if (!text.matches("\\d{1,6}")) {
            return false;
        }
        int number = Integer.parseInt(text);
        return number >= low && number <= high;
    }

    private static boolean isFraction(String text) {
        return text.matches("0?\\.\\d{1,12}") && Double.parseDouble(text) > 0;
    }

    private static boolean isAmount(String text) {
        return text.matches("\\d{1,13}(\\.\\d{1,6})?")
                && Double.parseDouble(text) > 0
                && Double.parseDouble(text) <= 1e12;
    }

    private static boolean isSecure(URI uri) {
        String host = uri.getHost();
        return "https".equalsIgnoreCase(uri.getScheme())
                || host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("[::1]");
    }

    private static boolean areUrls(String text) {
        for (String url : text.split(",", -1)) {
            try {
                URI uri = URI.create(url.trim());
                String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
                if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                    return false;
                }
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
        return true;
    }
}
