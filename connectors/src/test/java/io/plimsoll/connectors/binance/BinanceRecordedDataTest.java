package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.connectors.binance.OrderBook.Taken;
import io.plimsoll.connectors.feed.BookDepth.Level;
import io.plimsoll.connectors.feed.SharedData;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.MarginTier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the venue really sent, and brackets that were really in force, held against plain arithmetic on the same texts. */
class BinanceRecordedDataTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final List<Double> DISTANCES = List.of(0.0001, 0.0005, 0.001);

    /** Changes that are kept from before the snapshot, then every change after it, and no gap anywhere. */
    @ParameterizedTest
    @CsvSource({"usdm_btcusdt_20240808.gz, BTCUSDT, 1", "cm_btcusd_perp_20240808.gz, BTCUSD_PERP, 100"})
    void shouldFollowARecordedBook(String file, String symbol, int face) throws IOException {
        OrderBook book = new OrderBook(symbol, BigDecimal.valueOf(face));
        Map<String, BigDecimal> bids = new HashMap<>();
        Map<String, BigDecimal> asks = new HashMap<>();
        List<JsonNode> before = new ArrayList<>();
        BigDecimal bidEnd = null;
        BigDecimal askEnd = null;
        boolean isBegun = false;
        int applied = 0;
        int compared = 0;
        try (BufferedReader lines = lines(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String text = line.substring(line.indexOf(' ') + 1);
                if (text.contains("\"lastUpdateId\"")) {
                    JsonNode plain = PLAIN.readTree(text);
                    assertThat(book.snapshot(
                                    VenueJson.parse(text), plain.get("bids").size()))
                            .isTrue();
                    isBegun = true;
                    put(plain.get("bids"), bids);
                    put(plain.get("asks"), asks);
                    bidEnd = last(plain.get("bids"));
                    askEnd = last(plain.get("asks"));
                    for (JsonNode change : before) {
                        if (change.get("u").longValue()
                                >= plain.get("lastUpdateId").longValue()) {
                            put(change.get("b"), bids);
                            put(change.get("a"), asks);
                        }
                    }
                } else if (text.contains("\"depthUpdate\"")) {
                    JsonNode plain = PLAIN.readTree(text).get("data");
                    DepthChange change = DepthChange.of(VenueJson.parse(text).get("data"));
                    assertSame(change.bids(), plain.get("b"));
                    assertSame(change.asks(), plain.get("a"));
                    Taken taken = book.take(change);
                    if (isBegun) {
                        assertThat(taken).isEqualTo(Taken.APPLIED);
                        put(plain.get("b"), bids);
                        put(plain.get("a"), asks);
                        if (++applied % 250 == 0) {
                            compared += compare(book, bids, asks, bidEnd, askEnd, face);
                        }
                    } else {
                        before.add(plain);
                    }
                }
            }
        }
        assertThat(before).isNotEmpty();
        assertThat(applied).isGreaterThan(6_000);
        assertThat(compared).isGreaterThan(20);
    }

    private static int compare(
            OrderBook book,
            Map<String, BigDecimal> bids,
            Map<String, BigDecimal> asks,
            BigDecimal bidEnd,
            BigDecimal askEnd,
            int face) {
        assertThat(book.isCrossed()).isFalse();
        Depth depth = book.depth("v", DISTANCES);
        if (depth == null) {
            return 0;
        }
        double bestBid = best(bids, true);
        double bestAsk = best(asks, false);
        double mid = (bestBid + bestAsk) / 2;
        assertThat(depth.getMidPrice()).isCloseTo(mid, within(1e-9));
        for (DepthLevel level : depth.getLevels()) {
            assertThat(level.getDistance() * mid).isLessThanOrEqualTo(mid - bidEnd.doubleValue() + 1e-6);
            assertThat(level.getDistance() * mid).isLessThanOrEqualTo(askEnd.doubleValue() - mid + 1e-6);
            assertBetween(level.getBidQuantity(), bids, mid, level.getDistance(), face);
            assertBetween(level.getAskQuantity(), asks, mid, level.getDistance(), face);
        }
        return 1;
    }

    /** Prices lie on a grid, so one may lie at the distance itself: rounding decides whether it is counted. */
    private static void assertBetween(
            double found, Map<String, BigDecimal> side, double mid, double distance, int face) {
        assertThat(found)
                .isBetween(
                        face * sum(side, mid, distance * (1 - 1e-12)) - 1e-6,
                        face * sum(side, mid, distance * (1 + 1e-12)) + 1e-6);
    }

    private static double best(Map<String, BigDecimal> side, boolean highest) {
        var prices = side.entrySet().stream()
                .filter(level -> level.getValue().signum() > 0)
                .mapToDouble(level -> Double.parseDouble(level.getKey()));
        return (highest ? prices.max() : prices.min()).orElseThrow();
    }

    private static double sum(Map<String, BigDecimal> side, double mid, double distance) {
        return side.entrySet().stream()
                .filter(level -> Math.abs(Double.parseDouble(level.getKey()) - mid) / mid <= distance)
                .mapToDouble(level -> level.getValue().doubleValue())
                .sum();
    }

    private static BigDecimal last(JsonNode side) {
        return new BigDecimal(side.get(side.size() - 1).get(0).textValue());
    }

    private static void put(JsonNode levels, Map<String, BigDecimal> side) {
        levels.forEach(level -> side.put(
                new BigDecimal(level.get(0).textValue()).stripTrailingZeros().toPlainString(),
                new BigDecimal(level.get(1).textValue())));
    }

    private static void assertSame(List<Level> read, JsonNode plain) {
        assertThat(read).hasSize(plain.size());
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).price().toPlainString())
                    .isEqualTo(plain.get(i).get(0).textValue());
            assertThat(read.get(i).quantity().toPlainString())
                    .isEqualTo(plain.get(i).get(1).textValue());
        }
    }

    @Test
    void shouldReadAllRecordedBrackets() throws IOException {
        byte[] file = Files.readAllBytes(
                SharedData.folder("binance-brackets-2026").resolve("binance_leverage_tiers_2026-05.json"));
        JsonNode plain = PLAIN.readTree(file);

        Map<String, List<MarginTier>> brackets = Brackets.of(VenueJson.parse(file));

        assertThat(brackets).hasSize(716).hasSize(plain.size()).containsKeys("BTCUSDT", "BTCUSDT_260626", "ETHBTC");
        int tiers = 0;
        for (Iterator<Map.Entry<String, JsonNode>> next = plain.fields(); next.hasNext(); ) {
            Map.Entry<String, JsonNode> market = next.next();
            String symbol =
                    market.getKey().replaceFirst(":[^-]*", "").replace("/", "").replace("-", "_");
            List<MarginTier> read = brackets.get(symbol);
            assertThat(read).describedAs(symbol).hasSize(market.getValue().size());
            for (int i = 0; i < read.size(); i++) {
                JsonNode info = market.getValue().get(i).get("info");
                MarginTier tier = read.get(i);
                assertThat(tier.getNotionalFloor())
                        .isEqualTo(info.get("notionalFloor").doubleValue());
                assertThat(tier.getMaintenanceRate())
                        .isEqualTo(info.get("maintMarginRatio").doubleValue());
                assertThat(tier.getDeduction()).isEqualTo(info.get("cum").doubleValue());
                assertThat(tier.getMaxLeverage())
                        .isEqualTo(info.get("initialLeverage").doubleValue());
                tiers++;
            }
        }
        assertThat(tiers).isEqualTo(5_913);
    }

    private static BufferedReader lines(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(
                        SharedData.folder("binance-ws-2024").resolve(file))),
                StandardCharsets.UTF_8));
    }
}
