package io.plimsoll.risk.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as they stand in a sentence. */
final class Quantities {

    private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Quantities() {}

    /** A value in a unit, four digits of it. */
    static String text(double value, String unit) {
        if (Double.isNaN(value)) {
            return "not known";
        }
        if (Double.isInfinite(value)) {
            return "out of reach";
        }
        return switch (unit) {
            case MetricTable.FRACTION -> digits(value * 100) + " %";
            case "USD" -> usd(value);
            case "ms" -> duration(value);
            case "ratio", "count", "" -> digits(value);
            default -> digits(value) + " " + unit;
        };
    }

    private static String usd(double value) {
        double size = Math.abs(value);
        if (size >= 1e9) {
            return digits(value / 1e9) + " billion USD";
        }
        return size >= 1e6 ? digits(value / 1e6) + " million USD" : digits(value) + " USD";
    }

    /** A length of time in the largest unit of which it has one. */
    static String duration(double ms) {
        double size = Math.abs(ms);
        if (size >= Duration.ofDays(1).toMillis()) {
            return digits(ms / Duration.ofDays(1).toMillis()) + " d";
        }
        if (size >= Duration.ofHours(1).toMillis()) {
            return digits(ms / Duration.ofHours(1).toMillis()) + " h";
        }
        if (size >= Duration.ofMinutes(1).toMillis()) {
            return digits(ms / Duration.ofMinutes(1).toMillis()) + " min";
        }
        return size >= 1_000 ? digits(ms / 1_000) + " s" : digits(ms) + " ms";
    }

    static String time(long epochMs) {
        return TIME.format(Instant.ofEpochMilli(epochMs));
    }

    private static String digits(double value) {
        BigDecimal rounded = new BigDecimal(value).round(SHOWN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
