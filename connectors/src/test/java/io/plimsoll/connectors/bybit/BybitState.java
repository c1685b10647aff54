package io.plimsoll.connectors.bybit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a local venue holds of its markets, in the shapes of Bybit's messages. */
final class BybitState {

    /** Prices a side that the venue sends; its books hold more. */
    static final int WINDOW = 50;

    private static final int LEVELS = 80;

    /** A market; prices move by its tick. */
    static final class Market {

        final String symbol;
        final String contractType;
        final BigDecimal tick;
        final Map<String, String> ticker = new LinkedHashMap<>();
        final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        /** The ticker and the books' windows as they were last said. */
        Map<String, String> saidTicker = Map.of();

        Map<BigDecimal, BigDecimal> saidBids = Map.of();
        Map<BigDecimal, BigDecimal> saidAsks = Map.of();
        long update = 1_000;
        BigDecimal mark;

        Market(String symbol, String contractType, BigDecimal mark, BigDecimal tick) {
            this.symbol = symbol;
            this.contractType = contractType;
            this.mark = mark;
            this.tick = tick;
        }

        boolean isPerpetual() {
            return contractType.endsWith("Perpetual");
        }
    }

    final Map<String, Market> markets = new LinkedHashMap<>();
    private final Random random;

    BybitState(long seed) {
        random = new Random(seed);
        add("BTCUSDT", "LinearPerpetual", "64000", "0.5");
        add("ETHUSDT", "LinearPerpetual", "3400", "0.05");
        add("BTC-26DEC26", "LinearFutures", "66000", "1");
        move();
    }

    private void add(String symbol, String type, String mark, String tick) {
        markets.put(symbol, new Market(symbol, type, new BigDecimal(mark), new BigDecimal(tick)));
    }

    /** Prices, open interest and books move; not everything of every market at each time. */
    void move() {
        for (Market market : markets.values()) {
            market.mark = market.mark.add(market.tick.multiply(BigDecimal.valueOf(random.nextInt(-20, 21))));
            market.ticker.put("markPrice", market.mark.toPlainString());
            if (market.ticker.size() < 3 || random.nextInt(3) == 0) {
                market.ticker.put(
                        "indexPrice", market.mark.subtract(market.tick).toPlainString());
                market.ticker.put("openInterest", "" + random.nextInt(50_000, 60_000) + ".123");
            }
            if (market.ticker.size() < 4 || random.nextInt(20) == 0) {
                market.ticker.put("volume24h", "" + random.nextInt(100_000, 200_000) + ".7");
                market.ticker.put("fundingRate", market.isPerpetual() ? "0.0000" + random.nextInt(10, 99) : "");
                market.ticker.put("fundingIntervalHour", market.isPerpetual() ? "8" : "");
            }
            rebuild(market, market.bids, -1);
            rebuild(market, market.asks, 1);
        }
    }

    private void rebuild(Market market, TreeMap<BigDecimal, BigDecimal> side, int sign) {
        BigDecimal best = market.mark.add(market.tick.multiply(BigDecimal.valueOf(sign)));
        side.keySet().removeIf(price -> sign * price.compareTo(best) < 0);
        for (int i = 0; i < LEVELS; i++) {
            BigDecimal price = best.add(market.tick.multiply(BigDecimal.valueOf((long) sign * i * 3)));
            if (!side.containsKey(price) || random.nextInt(6) == 0) {
                side.put(price, new BigDecimal(random.nextInt(1, 4_000)).movePointLeft(3));
            }
        }
        while (side.size() > LEVELS) {
            side.pollLastEntry();
        }
    }

    static Map<BigDecimal, BigDecimal> window(Map<BigDecimal, BigDecimal> side) {
        Map<BigDecimal, BigDecimal> window = new LinkedHashMap<>();
        side.entrySet().stream().limit(WINDOW).forEach(level -> window.put(level.getKey(), level.getValue()));
        return window;
    }

    ObjectNode tickerSnapshot(Market market, long nowMs) {
        ObjectNode message = message("tickers." + market.symbol, "snapshot", nowMs);
        ObjectNode data = message.putObject("data").put("symbol", market.symbol).put("tickDirection", "PlusTick");
        market.ticker.forEach(data::put);
        return message;
    }

    /** What has changed of a ticker since it was last said; null: nothing. */
    ObjectNode tickerDelta(Market market, long nowMs) {
        ObjectNode message = message("tickers." + market.symbol, "delta", nowMs);
        ObjectNode data = message.putObject("data").put("symbol", market.symbol);
        market.ticker.forEach((field, value) -> {
            if (!value.equals(market.saidTicker.get(field))) {
                data.put(field, value);
            }
        });
        market.saidTicker = Map.copyOf(market.ticker);
        return data.size() == 1 ? null : message;
    }

    ObjectNode bookSnapshot(Market market, long nowMs) {
        ObjectNode message = message("orderbook." + WINDOW + "." + market.symbol, "snapshot", nowMs);
        ObjectNode data = message.putObject("data").put("s", market.symbol);
        levels(data.putArray("b"), market.saidBids);
        levels(data.putArray("a"), market.saidAsks);
        data.put("u", market.update).put("seq", 7_961_638_724L + market.update);
        return message;
    }

    /** What has changed within the window; what has only left it is left without a word. */
    ObjectNode bookDelta(Market market, long nowMs) {
        ObjectNode message = message("orderbook." + WINDOW + "." + market.symbol, "delta", nowMs);
        ObjectNode data = message.putObject("data").put("s", market.symbol);
        market.saidBids = changes(data.putArray("b"), market.saidBids, market.bids);
        market.saidAsks = changes(data.putArray("a"), market.saidAsks, market.asks);
        data.put("u", ++market.update).put("seq", 7_961_638_724L + market.update);
        return message;
    }

    private static Map<BigDecimal, BigDecimal> changes(
            ArrayNode list, Map<BigDecimal, BigDecimal> said, Map<BigDecimal, BigDecimal> side) {
        Map<BigDecimal, BigDecimal> window = window(side);
        window.forEach((price, quantity) -> {
            if (!quantity.equals(said.get(price))) {
                list.addArray().add(price.toPlainString()).add(quantity.toPlainString());
            }
        });
        said.keySet().stream()
                .filter(price -> !side.containsKey(price))
                .forEach(price -> list.addArray().add(price.toPlainString()).add("0"));
        return window;
    }

    private static void levels(ArrayNode list, Map<BigDecimal, BigDecimal> side) {
        side.forEach(
                (price, quantity) -> list.addArray().add(price.toPlainString()).add(quantity.toPlainString()));
    }

    /** Liquidations of one market, as they are reported; two of them alike, now and then. */
    ObjectNode liquidations(Market market, long nowMs) {
        ObjectNode message = message("allLiquidation." + market.symbol, "snapshot", nowMs);
        ArrayNode data = message.putArray("data");
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("T", nowMs - random.nextInt(500))
                .put("s", market.symbol)
                .put("S", random.nextBoolean() ? "Buy" : "Sell")
                .put("v", "" + random.nextInt(1, 90) + ".25")
                .put("p", market.mark.toPlainString());
        data.add(report);
        if (random.nextInt(4) == 0) {
            data.add(report.deepCopy());
        }
        return message;
    }

    ObjectNode listing(Market market) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("symbol", market.symbol)
                .put("contractType", market.contractType)
                .put("status", "Trading")
                .put("baseCoin", market.symbol.substring(0, 3))
                .put("quoteCoin", "USDT")
                .put("settleCoin", "USDT")
                .put("fundingInterval", market.isPerpetual() ? 480 : 0)
                .put("displayName", "");
        row.putObject("lotSizeFilter").put("qtyStep", "0.001").put("minOrderQty", "0.001");
        return row;
    }

    List<ObjectNode> tiers(Market market) {
        return List.of(
                tier(market, 1, "2000000", "0.005", "0.01", "100.00", "0"),
                tier(market, 2, "10000000", "0.01", "0.02", "50.00", "10000"));
    }

    private static ObjectNode tier(
            Market market,
            int id,
            String limit,
            String maintenance,
            String initial,
            String leverage,
            String deduction) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("symbol", market.symbol)
                .put("riskLimitValue", limit)
                .put("maintenanceMargin", maintenance)
                .put("initialMargin", initial)
                .put("isLowestRisk", id == 1 ? 1 : 0)
                .put("maxLeverage", leverage)
                .put("mmDeduction", deduction);
    }

    private static ObjectNode message(String topic, String type, long nowMs) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic)
                .put("type", type)
                .put("ts", nowMs)
                .put("cs", 24_987_956_059L);
    }
}
