package io.plimsoll.server.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Recorded snapshots of large accounts, read without any of our code. */
record WhaleFiles(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss");

    /**
     * A position to which the venue gives a liquidation price.
     *
     * @param size base units, negative short
     * @param line the venue's liquidation price
     * @param mark price at which the venue valued it
     */
    record Whale(String account, String coin, double size, double entry, double line, double mark) {

        String key() {
            return account + ":" + coin;
        }
    }

    /**
     * One snapshot.
     *
     * @param whales by account and coin; those that no price liquidates are not among them
     * @param dayVolumes in base units by coin; empty where the market table was not recorded
     */
    record Snapshot(long timeMs, Map<String, Whale> whales, Map<String, Double> dayVolumes) {

        List<Whale> of(String coin) {
            return whales.values().stream()
                    .filter(whale -> whale.coin().equals(coin))
                    .toList();
        }

        /** The middle one of the prices at which a coin's positions were valued. */
        double mark(String coin) {
            double[] marks = of(coin).stream().mapToDouble(Whale::mark).sorted().toArray();
            return marks[marks.length / 2];
        }
    }

    /** All snapshots before a moment, by time, of some coins. */
    List<Snapshot> before(Instant end, List<String> coins) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("(data|hyperliquid_whales)_.*"))
                    .filter(file -> timeMs(file) < end.toEpochMilli())
                    .sorted(Comparator.comparingLong(WhaleFiles::timeMs))
                    .map(file -> snapshot(file, coins))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long timeMs(Path file) {
        String name = file.getFileName().toString();
        String stamp = name.substring(name.lastIndexOf('_') + 1, name.indexOf('Z'));
        return LocalDateTime.parse(stamp, STAMP).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static Snapshot snapshot(Path file, List<String> coins) {
        JsonNode content = json(file);
        Map<String, Whale> whales = new TreeMap<>();
        for (String list : List.of("daily", "weekly")) {
            for (JsonNode account : content.get("whaleTracker").get(list)) {
                for (JsonNode row : account.get("positions")) {
                    if (coins.contains(row.get("coin").asText())
                            && !row.get("liquidationPx").isNull()) {
                        Whale whale = whale(account.get("address").asText(), row);
                        whales.put(whale.key(), whale);
                    }
                }
            }
        }
        Map<String, Double> dayVolumes = new TreeMap<>();
        for (JsonNode market : content.path("markets")) {
            dayVolumes.put(market.get("name").asText(), number(market, "volume24h") / number(market, "markPx"));
        }
        return new Snapshot(timeMs(file), whales, dayVolumes);
    }

    private static Whale whale(String account, JsonNode row) {
        double size = number(row, "size");
        boolean isLong = row.get("direction").asText().equals("Long");
        return new Whale(
                account,
                row.get("coin").asText(),
                isLong ? size : -size,
                number(row, "entryPx"),
                number(row, "liquidationPx"),
                number(row, "positionValue") / size);
    }

    private static double number(JsonNode row, String field) {
        return Double.parseDouble(row.get(field).asText());
    }

    private static JsonNode json(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
