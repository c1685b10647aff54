package io.plimsoll.server.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a query as people type it: a percent sign that escapes nothing is one ({@code shock=-5%}). */
final class QueryText {

    private static final Pattern LONE_PERCENT = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private QueryText() {}

    /** Names, in their order, and all values of each. */
    static Map<String, List<String>> of(@Nullable String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String part : (query == null ? "" : mended(query)).split("&")) {
            if (!part.isEmpty()) {
                int split = part.indexOf('=');
                values.computeIfAbsent(decoded(split < 0 ? part : part.substring(0, split)), name -> new ArrayList<>())
                        .add(split < 0 ? "" : decoded(part.substring(split + 1)));
            }
        }
        return values;
    }

    /** The query with percent signs that escape nothing as escapes of themselves. */
    static String mended(String query) {
        return LONE_PERCENT.matcher(query).replaceAll("%25");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
