package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** In words, what forced trades of a scenario meet in a market, and how far that can be believed. */
final class ScenarioImpactText {

    /** Where nothing is known. */
    static final String NOTHING = "nothing known";

    /** From here on digits behind the point say nothing. */
    private static final double ROUND_FROM = 1_000;

    private ScenarioImpactText() {}

    /** A source as the record names it. */
    static String source(String name) {
        return switch (name) {
            case "MODELLED" -> "guess by open interest";
            case "NONE" -> NOTHING;
            default -> name.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    /**
     * Of one market.
     *
     * @param asOfMs of the scenario: the age of depth is told against it
     */
    static String of(JsonNode market, long asOfMs) {
        StringBuilder text = new StringBuilder(source(market.path("impact").asText()));
        if (market.path("depthTimeMs").isNumber()) {
            text.append(String.format(
                    Locale.ROOT,
                    " %.1f s old",
                    Math.max(0, asOfMs - market.path("depthTimeMs").asLong()) / 1e3));
        }
        String state = market.path("depthState").asText();
        if (!state.equals("LIVE") && !state.equals("MISSING")) {
            text.append(", newest depth ").append(state.toLowerCase(Locale.ROOT));
        }
        if (market.path("depthBandsLeftOut").asInt() > 0) {
            text.append(", ").append(market.path("depthBandsLeftOut").asInt()).append(" bands left out");
        }
        if (market.path("exhausted").asBoolean()) {
            double unfilled = market.path("unfilledSize").asDouble();
            text.append(String.format(
                    Locale.ROOT,
                    unfilled < ROUND_FROM ? ", exhausted (%.4g unfilled)" : ", exhausted (%,.0f unfilled)",
                    unfilled));
        }
        return text.toString();
    }
}
