package io.plimsoll.server.http;

import io.plimsoll.server.openapi.Parameter;
import io.plimsoll.topology.MonitorStores;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoublePredicate;

/** Parameters that several operations have in common. */
final class ApiParameters {

    static final String MOMENTS_ALLOWED = "ISO-8601 with a zone (2026-08-01T00:00:00Z) or epoch milliseconds";

    /** Instances ask each other with it. */
    static final Parameter SCOPE = Parameter.choice(
            Parameters.SCOPE,
            "local: answer from what the instance holds that is asked; copy: from its copies of what others hold.",
            Scope.LABELS);

    static final Parameter AFTER = Parameter.text(
            Page.AFTER,
            "Go on after the last item of an earlier answer: its `next`. Other parameters stay as they were.",
            "");

    static final Parameter MARKETS =
            Parameter.texts("markets", "Only these markets, venue:symbol, separated by commas.", "");

    static final Parameter MARKET_ID = Parameter.path("id", "Market, venue:symbol.", "hyperliquid:BTC");

    static final Parameter SIZE = Parameter.query(
            "size",
            "Length of a window.",
            "",
            String.join(
                    ", ",
                    MonitorStores.WINDOW_SIZES.stream()
                            .map(MonitorStores::label)
                            .toList()),
            text -> MonitorStores.WINDOW_SIZES.stream()
                    .map(MonitorStores::label)
                    .anyMatch(text::equals),
            schema -> {
                schema.put("type", "string");
                var names = schema.putArray("enum");
                MonitorStores.WINDOW_SIZES.forEach(size -> names.add(MonitorStores.label(size)));
                return schema.put("default", MonitorStores.label(MonitorStores.WINDOW_SIZES.get(0)));
            });

    private ApiParameters() {}

    static Parameter limit(int unlessTold, int most) {
        return Parameter.whole(Page.LIMIT, "Most items of an answer.", 1, most, unlessTold);
    }

    static Parameter moment(String name, String description) {
        return Parameter.query(
                name,
                description + " " + "ISO-8601 with a zone, or epoch milliseconds.",
                "2026-08-01T00:00:00Z",
                MOMENTS_ALLOWED,
                Parameters::isInstant,
                schema -> schema.put("type", "string"));
    }

    /**
     * A fraction, which may be typed as a percentage.
     *
     * @param above the least, which is not allowed itself
     */
    static Parameter fraction(
            String name,
            String description,
            String example,
            String allowed,
            DoublePredicate takes,
            double above,
            double most) {
        return Parameter.query(
                name,
                description + " A fraction; typed by hand also as a percentage (5%).",
                example,
                allowed,
                text -> Parameters.isFraction(text, takes),
                schema -> schema.put("type", "number")
                        .put("format", "double")
                        .put("exclusiveMinimum", above)
                        .put("maximum", most));
    }

    /** The groups of the document. */
    static Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("markets", "Single markets: how leveraged they are, and what forces trades in them.");
        tags.put("system", "All markets together.");
        tags.put("accounts", "Single accounts, and those near their line.");
        tags.put("scenarios", "What if: asked, and answered after some rounds.");
        tags.put("alerts", "The board, its changes as they come, and what people do about them.");
        tags.put("feeds", "What comes in, and what of it could not be used.");
        tags.put("program", "The program itself.");
        return tags;
    }
}
