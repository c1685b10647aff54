package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The recorded snapshots of large Hyperliquid accounts of February 2026. */
final class WhaleSnapshots {

    /**
     * A position of a snapshot.
     *
     * @param address of its account
     * @param marginAsOpenedUsd entry notional over the leverage that was set: what an isolated position starts with
     * @param saidIsolated the venue's leverage type, which only a few positions carry, says isolated
     */
    record Whale(
            String address,
            CrossPosition position,
            double entryPrice,
            double marginAsOpenedUsd,
            boolean saidIsolated) {}

    private final Path folder = SharedData.folder("hyperliquid-whales-feb2026");
    private final Map<String, Double> maxLeverages = new HashMap<>();

    WhaleSnapshots() {
        for (Path file : SharedData.files(folder, "data_", ".json.gz")) {
            for (JsonNode market : SharedData.json(file).get("markets")) {
                Double now = market.get("maxLeverage").asDouble();
                Double before = maxLeverages.put(market.get("name").asText(), now);
                assertThat(before == null || before.equals(now))
                        .describedAs("one maximum leverage for %s", market.get("name"))
                        .isTrue();
            }
        }
    }

    List<Path> files() {
        List<Path> files = new ArrayList<>(SharedData.files(folder, "data_", ".json.gz"));
        files.addAll(SharedData.files(folder, "hyperliquid_whales_", ".json.gz"));
        return files;
    }

    /** A market's current maximum leverage, from the market tables recorded on 3 and 4 February. */
    double maxLeverage(String coin) {
        Double maxLeverage = maxLeverages.get(coin);
        if (maxLeverage == null) {
            throw new IllegalStateException("no maximum leverage of " + coin);
        }
        return maxLeverage;
    }

    /** The accounts of a snapshot: those of its daily and its weekly list, which repeat each other. */
    static List<List<Whale>> accounts(Path file) {
        JsonNode tracker = SharedData.json(file).get("whaleTracker");
        Set<String> isolated = new HashSet<>();
        for (JsonNode position : tracker.get("biggestPositions")) {
            if (position.path("leverageType").asText().equals("isolated")) {
                isolated.add(position.get("traderAddress").asText()
                        + position.get("coin").asText());
            }
        }
        Map<String, List<Whale>> accounts = new LinkedHashMap<>();
        for (String list : List.of("daily", "weekly")) {
            for (JsonNode account : tracker.get(list)) {
                String address = account.get("address").asText();
                accounts.computeIfAbsent(address, key -> positions(account, address, isolated));
            }
        }
        return List.copyOf(accounts.values());
    }

    private static List<Whale> positions(JsonNode account, String address, Set<String> isolated) {
        List<Whale> positions = new ArrayList<>();
        for (JsonNode position : account.get("positions")) {
            String coin = position.get("coin").asText();
            double size = position.get("size").asDouble();
            int sign = position.get("direction").asText().equals("Long") ? 1 : -1;
            double entryPrice = number(position.get("entryPx"));
            JsonNode liquidation = position.get("liquidationPx");
            positions.add(new Whale(
                    address,
                    CrossPosition.of(
                            coin,
                            sign * size,
                            number(position.get("positionValue")),
                            liquidation.isNull() ? Double.NaN : number(liquidation)),
                    entryPrice,
                    size * entryPrice / number(position.get("leverage")),
                    isolated.contains(address + coin)));
        }
        return positions;
    }

    private static double number(JsonNode node) {
        return Double.parseDouble(node.asText());
    }
}
