package io.plimsoll.server.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses among media types by the header Accept (RFC 9110, 12.5.1). */
final class Accept {

    private Accept() {}

    /**
     * The type that is wanted most; of equally wanted ones the first offered. Empty: none of them is wanted.
     *
     * @param header null: anything is wanted
     */
    static Optional<String> choose(@Nullable String header, List<String> offered) {
        if (header == null || header.isBlank()) {
            return Optional.of(offered.get(0));
        }
        String best = null;
        double most = 0;
        for (String type : offered) {
            double quality = quality(header.toLowerCase(Locale.ROOT), type);
            if (quality > most) {
                most = quality;
                best = type;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * Whether an answer may be compressed with gzip.
     *
     * @param header Accept-Encoding; null: it may not
     */
    static boolean takesGzip(@Nullable String header) {
        if (header != null) {
            for (String coding : header.toLowerCase(Locale.ROOT).split(",")) {
                String[] parts = coding.split(";");
                if (parts.length > 0 && parts[0].trim().equals("gzip")) {
                    return quality(parts) > 0;
                }
            }
        }
        return false;
    }

    /** The quality that the most specific range gives to a type; 0: it is not wanted. */
    private static double quality(String header, String type) {
        String family = type.substring(0, type.indexOf('/')) + "/*";
        int closest = 0;
        double quality = 0;
        for (String range : header.split(",")) {
            String[] parts = range.split(";");
            String name = parts.length == 0 ? "" : parts[0].trim();
            int close = name.equals(type) ? 3 : name.equals(family) ? 2 : name.equals("*/*") ? 1 : 0;
            if (close > closest) {
                closest = close;
                quality = quality(parts);
            }
        }
        return quality;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].replace(" ", "");
            if (part.matches("q=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(part.substring(2));
            }
        }
        return 1;
    }
}
