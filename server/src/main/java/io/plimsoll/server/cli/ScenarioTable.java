package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.TreeMap;

/** A scenario's answer as text. */
final class ScenarioTable {

    private static final String MARKET_ROW = "  %-24s %14s %14s %14s %14s %14s %14s  %s%n";
    private static final String VENUE_ROW = "  %-24s %10s %16s %16s %16s %16s%n";
    private static final String ROUND_ROW = "  %5s %10s %16s  %s%n";

    private final PrintWriter out;

    ScenarioTable(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode result) {
        if (!result.path("state").asText().equals("DONE")) {
            out.printf(
                    "No answer in time: slices %s of %d are missing.%n",
                    result.path("missingSlices"), result.path("slices").asInt());
            return;
        }
        out.printf(
                Locale.ROOT,
                "As of %s, prices up to %.1f s older; %,d accounts, %,d pools without a price%n",
                Instant.ofEpochMilli(result.path("asOfMs").asLong()),
                result.path("stalenessMs").asLong() / 1e3,
                result.path("accountsJudged").asLong(),
                result.path("poolsUnpriced").asLong());
        print("NET, the estimate", result.path("net"));
        print("GROSS, the bound", result.path("gross"));
    }

    private void print(String title, JsonNode outcome) {
        out.printf(
                Locale.ROOT,
                "%n%s: %,d rounds%s, %,d accounts, %s USD liquidated, %s USD bad debt%n",
                title,
                outcome.path("rounds").asInt(),
                outcome.path("settled").asBoolean() ? "" : " and not settled",
                outcome.path("accounts").asLong(),
                usd(outcome.path("notionalUsd")),
                usd(outcome.path("badDebtUsd")));
        if (!outcome.path("markets").isEmpty()) {
            out.printf(MARKET_ROW, "MARKET", "BEFORE", "SHOCKED", "LOW", "HIGH", "SOLD USD", "BOUGHT USD", "IMPACT");
            outcome.path("markets")
                    .forEach(market -> out.printf(
                            MARKET_ROW,
                            market.path("market").asText(),
                            price(market.path("startPrice")),
                            price(market.path("shockedPrice")),
                            price(market.path("lowPrice")),
                            price(market.path("highPrice")),
                            usd(market.path("soldUsd")),
                            usd(market.path("boughtUsd")),
                            market.path("impact").asText().toLowerCase(Locale.ROOT)
                                    + (market.path("exhausted").asBoolean() ? ", exhausted" : "")));
        }
        out.printf(VENUE_ROW, "VENUE", "ACCOUNTS", "LIQUIDATED USD", "BAD DEBT USD", "ADL USD", "WINNERS USD");
        outcome.path("venues")
                .forEach(venue -> out.printf(
                        VENUE_ROW,
                        venue.path("venue").asText(),
                        count(venue.path("accounts")),
                        usd(venue.path("notionalUsd")),
                        usd(venue.path("badDebtUsd")),
                        usd(venue.path("adlUsd")),
                        usd(venue.path("winnersUsd"))));
        out.printf(ROUND_ROW, "ROUND", "ACCOUNTS", "LIQUIDATED USD", "PRICES");
        outcome.path("path")
                .forEach(round -> out.printf(
                        ROUND_ROW,
                        round.path("round").asText(),
                        count(round.path("accounts")),
                        usd(round.path("notionalUsd")),
                        prices(round)));
    }

    private static String prices(JsonNode round) {
        TreeMap<String, String> prices = new TreeMap<>();
        round.path("lowPrices").fields().forEachRemaining(low -> {
            String high = price(round.path("highPrices").path(low.getKey()));
            String its = price(low.getValue());
            prices.put(low.getKey(), its.equals(high) ? its : its + " to " + high);
        });
        StringBuilder text = new StringBuilder();
        prices.forEach((market, its) -> text.append(text.length() == 0 ? "" : ", ")
                .append(market)
                .append(' ')
                .append(its));
        return text.toString();
    }

    private static String price(JsonNode price) {
        return String.format(Locale.ROOT, "%,.6g", price.asDouble());
    }

    private static String usd(JsonNode usd) {
        return String.format(Locale.ROOT, "%,.0f", usd.asDouble());
    }

    private static String count(JsonNode count) {
        return String.format(Locale.ROOT, "%,d", count.asLong());
    }
}
