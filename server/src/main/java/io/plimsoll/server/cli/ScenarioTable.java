package io.plimsoll.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A scenario's answer as text. */
final class ScenarioTable {

    /** Rows of a table, and moves of a round, unless everything is wanted. */
    private static final int MOST_ROWS = 20;

    private static final int MOST_MOVES = 4;
    private static final double PERCENT = 100;

    private static final String MARKET_ROW = "  %-24s %13s %13s %13s %13s %14s %14s  %s%n";
    private static final String VENUE_ROW = "  %-24s %10s %16s %14s %14s %14s %16s %10s%n";
    private static final String ROUND_ROW = "  %5s %10s %16s  %s%n";

    private final PrintWriter out;
    private final boolean everything;

    /**
     * Writes there.
     *
     * @param everything all markets and all moves, not only the largest
     */
    ScenarioTable(PrintWriter out, boolean everything) {
        this.out = out;
        this.everything = everything;
    }

    void print(JsonNode result) {
        out.println(asked(result));
        if (!result.path("state").asText().equals("DONE")) {
            out.printf(
                    "No answer in time: slices %s of %d are missing.%n",
                    result.path("missingSlices"), result.path("slices").asInt());
            return;
        }
        out.printf(
                Locale.ROOT,
                "As of %s, prices and depth up to %.1f s older; %,d observed accounts, %,d pools without a price%n",
                Instant.ofEpochMilli(result.path("asOfMs").asLong()),
                result.path("stalenessMs").asLong() / 1e3,
                result.path("accountsJudged").asLong(),
                result.path("poolsUnpriced").asLong());
        out.println(sources(result.path("gross").path("markets")));
        long asOfMs = result.path("asOfMs").asLong();
        print("NET, the estimate", result.path("net"), asOfMs);
        print("GROSS, the bound", result.path("gross"), asOfMs);
    }

    private static String asked(JsonNode result) {
        List<String> parts = new ArrayList<>();
        result.path("shocks")
                .fields()
                .forEachRemaining(shock -> parts.add(shock.getKey() + " " + signedPercent(shock.getValue())));
        double depth = result.path("depthHaircut").asDouble();
        if (depth != 1) {
            parts.add(percent(depth) + " of depth left");
        }
        result.path("collateralCuts")
                .fields()
                .forEachRemaining(cut -> parts.add(
                        cut.getKey() + " worth " + percent(cut.getValue().asDouble()) + " less as collateral"));
        result.path("removedAccounts").forEach(account -> parts.add("without " + account.asText()));
        return "Asked: " + String.join(", ", parts);
    }

    /** In how many markets forced trades meet what. */
    private static String sources(JsonNode markets) {
        Map<String, Integer> counts = new TreeMap<>();
        markets.forEach(market ->
                counts.merge(ScenarioImpactText.source(market.path("impact").asText()), 1, Integer::sum));
        List<String> parts = new ArrayList<>();
        counts.forEach((source, count) -> parts.add(source + " in " + count));
        String sources = parts.isEmpty() ? "no market is moved" : String.join(", ", parts);
        return "Impact of forced trades, by market: " + sources
                + (counts.containsKey(ScenarioImpactText.NOTHING) ? " (there they leave the price where it is)" : "");
    }

    private void print(String title, JsonNode outcome, long asOfMs) {
        out.printf(
                Locale.ROOT,
                "%n%s: %,d rounds%s, %,d accounts, %s USD liquidated, %s USD bad debt, %s USD of it beyond insurance%n",
                title,
                outcome.path("rounds").asInt(),
                outcome.path("settled").asBoolean() ? "" : " and not settled",
                outcome.path("accounts").asLong(),
                usd(outcome.path("notionalUsd")),
                usd(outcome.path("badDebtUsd")),
                usd(outcome.path("adlUsd")));
        printMarkets(outcome.path("markets"), asOfMs);
        printVenues(outcome.path("venues"));
        printRounds(outcome.path("path"));
    }

    private void printMarkets(JsonNode markets, long asOfMs) {
        if (markets.isEmpty()) {
            return;
        }
        out.printf(MARKET_ROW, "MARKET", "BEFORE", "SHOCKED", "LOW", "HIGH", "SOLD USD", "BOUGHT USD", "IMPACT");
        List<JsonNode> largest = new ArrayList<>();
        markets.forEach(largest::add);
        largest.sort(Comparator.comparingDouble(
                        (JsonNode market) -> -market.path("soldUsd").asDouble()
                                - market.path("boughtUsd").asDouble())
                .thenComparing(market -> market.path("market").asText()));
        int shown = everything ? largest.size() : Math.min(MOST_ROWS, largest.size());
        for (JsonNode market : largest.subList(0, shown)) {
            out.printf(
                    MARKET_ROW,
                    market.path("market").asText(),
                    price(market.path("startPrice").asDouble()),
                    price(market.path("shockedPrice").asDouble()),
                    price(market.path("lowPrice").asDouble()),
                    price(market.path("highPrice").asDouble()),
                    usd(market.path("soldUsd")),
                    usd(market.path("boughtUsd")),
                    ScenarioImpactText.of(market, asOfMs));
        }
        if (shown < largest.size()) {
            out.printf("  and %d more with less forced trade (--all)%n", largest.size() - shown);
        }
    }

    private void printVenues(JsonNode venues) {
        if (venues.isEmpty()) {
            return;
        }
        out.printf(
                VENUE_ROW,
                "VENUE",
                "ACCOUNTS",
                "LIQUIDATED USD",
                "BAD DEBT USD",
                "INSURANCE USD",
                "ADL USD",
                "WINNERS USD",
                "THEY LOSE");
        venues.forEach(venue -> out.printf(
                VENUE_ROW,
                venue.path("venue").asText(),
                count(venue.path("accounts")),
                usd(venue.path("notionalUsd")),
                usd(venue.path("badDebtUsd")),
                venue.path("insuranceUsd").isNumber() ? usd(venue.path("insuranceUsd")) : "unknown",
                usd(venue.path("adlUsd")),
                usd(venue.path("winnersUsd")),
                venue.path("profitHaircut").isNumber()
                        ? percent(venue.path("profitHaircut").asDouble())
                        : "-"));
    }

    private void printRounds(JsonNode path) {
        out.printf(ROUND_ROW, "ROUND", "ACCOUNTS", "LIQUIDATED USD", "WHAT THEIR TRADES MOVE");
        for (int i = 0; i < path.size(); i++) {
            JsonNode round = path.get(i);
            out.printf(
                    ROUND_ROW,
                    round.path("round").asText(),
                    count(round.path("accounts")),
                    usd(round.path("notionalUsd")),
                    i + 1 < path.size() ? moves(round, path.get(i + 1)) : "");
        }
    }

    /** One price of a market before and after the trades of a round. */
    private record Move(String market, double before, double after) {

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%s %s to %s (%+.2f %%)",
                    market,
                    price(before),
                    price(after),
                    (after / before - 1) * PERCENT);
        }
    }

    private String moves(JsonNode round, JsonNode next) {
        List<Move> moves = new ArrayList<>();
        for (String prices : List.of("lowPrices", "highPrices")) {
            round.path(prices).fields().forEachRemaining(before -> {
                Move move = new Move(
                        before.getKey(),
                        before.getValue().asDouble(),
                        next.path(prices).path(before.getKey()).asDouble());
                if (move.before() != move.after() && !moves.contains(move)) {
                    moves.add(move);
                }
            });
        }
        moves.sort(Comparator.comparingDouble(move -> -Math.abs(Math.log(move.after() / move.before()))));
        int shown = everything ? moves.size() : Math.min(MOST_MOVES, moves.size());
        List<String> texts = new ArrayList<>();
        moves.subList(0, shown).forEach(move -> texts.add(move.text()));
        if (shown < moves.size()) {
            texts.add("and " + (moves.size() - shown) + " more");
        }
        return texts.isEmpty() ? "nothing" : String.join(", ", texts);
    }

    private static String price(double price) {
        return String.format(Locale.ROOT, "%,.6g", price);
    }

    private static String usd(JsonNode usd) {
        return String.format(Locale.ROOT, "%,.0f", usd.asDouble());
    }

    private static String count(JsonNode count) {
        return String.format(Locale.ROOT, "%,d", count.asLong());
    }

    private static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.4g %%", fraction * PERCENT);
    }

    private static String signedPercent(JsonNode fraction) {
        return String.format(Locale.ROOT, "%+.4g %%", fraction.asDouble() * PERCENT);
    }
}
