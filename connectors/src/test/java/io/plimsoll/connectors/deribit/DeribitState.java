package io.plimsoll.connectors.deribit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a venue of the tests holds: instruments, books, trades. Moves by a seeded random walk and writes itself in the venue's
 * own form. Knows nothing of the connector.
 */
final class DeribitState {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LEVELS = 25;

    static final class Market {

        final String name;
        final String base;
        final String settle;
        final boolean isInverse;
        final boolean isPerpetual;
        final BigDecimal smallest;
        final BigDecimal tick;
        BigDecimal mark;
        BigDecimal openInterest = new BigDecimal("123456780");
        BigDecimal funding = new BigDecimal("0.00001234");
        long changeId = 1000;
        long sequence = 70_000;
        boolean isMoving;
        TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

        Market(String name, String base, String settle, boolean isInverse, String smallest, String tick, String mark) {
            this.name = name;
            this.base = base;
            this.settle = settle;
            this.isInverse = isInverse;
            this.isPerpetual = name.endsWith("PERPETUAL");
            this.smallest = new BigDecimal(smallest);
            this.tick = new BigDecimal(tick);
            this.mark = new BigDecimal(mark);
        }

        BigDecimal index() {
            return mark.multiply(new BigDecimal("1.0002")).round(new MathContext(7));
        }
    }

    final Map<String, Market> markets = new LinkedHashMap<>();
    final OptionsState options;
    final List<ObjectNode> trades = new ArrayList<>();

    /** Forced sides of trades so far: instrument, trade id with side, side of the position. */
    final List<String> liquidations = new ArrayList<>();

    private final Random random;
    private long nextTrade = 200_000_000;

    DeribitState(long seed) {
        random = new Random(seed);
        options = new OptionsState(seed);
        List.of(
                        new Market("BTC-PERPETUAL", "BTC", "BTC", true, "10", "0.5", "66375.25"),
                        new Market("BTC-25SEP26", "BTC", "BTC", true, "10", "2.5", "67012.5"),
                        new Market("ETH-PERPETUAL", "ETH", "ETH", true, "1", "0.05", "2123.71"),
                        new Market("BTC_USDC-PERPETUAL", "BTC", "USDC", false, "0.0001", "1", "66370"))
                .forEach(market -> markets.put(market.name, market));
        markets.values().forEach(this::makeBook);
    }

    void movePrices() {
        options.move();
        for (Market market : markets.values()) {
            market.isMoving = true;
            market.mark = market.mark
                    .multiply(BigDecimal.valueOf(1 + 0.0005 * random.nextGaussian()))
                    .round(new MathContext(7));
            market.openInterest = market.openInterest.add(BigDecimal.valueOf(random.nextInt(200) * 10L - 1000));
            market.funding = BigDecimal.valueOf(random.nextInt(400) - 100, 8);
        }
    }

    /** Trades happen; some force one side or both. */
    void trade(int count, long nowMs) {
        for (int i = 0; i < count; i++) {
            Market market = List.copyOf(markets.values()).get(random.nextInt(markets.size()));
            String forced = random.nextInt(8) == 0 ? List.of("M", "T", "MT").get(random.nextInt(3)) : "";
            trade(market, forced, nowMs);
        }
    }

    void trade(Market market, String forced, long nowMs) {
        boolean buys = random.nextBoolean();
        String id = (market.base.equals("ETH") ? "ETH-" : "") + nextTrade++;
        ObjectNode trade = JSON.objectNode()
                .put("trade_seq", ++market.sequence)
                .put("trade_id", id)
                .put("timestamp", nowMs)
                .put("tick_direction", 2)
                .put("price", market.mark)
                .put("mark_price", market.mark)
                .put("instrument_name", market.name)
                .put("index_price", market.index())
                .put("direction", buys ? "buy" : "sell")
                .put("amount", market.smallest.multiply(BigDecimal.valueOf(1 + random.nextInt(500))));
        if (!forced.isEmpty()) {
            trade.put("liquidation", forced);
        }
        for (String side : List.of("T", "M")) {
            if (forced.contains(side)) {
                boolean closesByBuying = side.equals("T") == buys;
                liquidations.add(market.name + " " + id + "-" + side + " " + (closesByBuying ? "SHORT" : "LONG"));
            }
        }
        trades.add(trade);
    }

    /** Prices at each tick around the mark; some keep what stood there. */
    private void makeBook(Market market) {
        BigDecimal middle =
                market.mark.divide(market.tick, 0, RoundingMode.HALF_UP).multiply(market.tick);
        market.bids = side(market, market.bids, middle, market.tick.negate());
        market.asks = side(market, market.asks, middle.add(market.tick), market.tick);
    }

    private TreeMap<BigDecimal, BigDecimal> side(
            Market market, TreeMap<BigDecimal, BigDecimal> before, BigDecimal first, BigDecimal step) {
        TreeMap<BigDecimal, BigDecimal> side = new TreeMap<>(before.comparator());
        for (int i = 0; i < LEVELS; i++) {
            BigDecimal price = first.add(step.multiply(BigDecimal.valueOf(i)));
            BigDecimal stood = before.get(price);
            side.put(
                    price,
                    stood != null && random.nextInt(5) > 0
                            ? stood
                            : market.smallest.multiply(BigDecimal.valueOf(1 + random.nextInt(10_000))));
        }
        return side;
    }

    /** The book moves if prices have; gives what has changed. */
    ObjectNode moveBook(Market market, long nowMs) {
        TreeMap<BigDecimal, BigDecimal> bids = market.bids;
        TreeMap<BigDecimal, BigDecimal> asks = market.asks;
        if (market.isMoving) {
            market.isMoving = false;
            makeBook(market);
        }
        ObjectNode data = bookHead(market, nowMs, "change").put("prev_change_id", market.changeId);
        market.changeId += 1 + random.nextInt(5);
        data.put("change_id", market.changeId);
        changes(data.putArray("bids"), bids, market.bids);
        changes(data.putArray("asks"), asks, market.asks);
        return data;
    }

    private static void changes(ArrayNode list, Map<BigDecimal, BigDecimal> before, Map<BigDecimal, BigDecimal> after) {
        before.keySet().stream()
                .filter(price -> !after.containsKey(price))
                .forEach(price -> list.addArray().add("delete").add(price).add(0.0));
        after.forEach((price, amount) -> {
            if (!amount.equals(before.get(price))) {
                list.addArray()
                        .add(before.containsKey(price) ? "change" : "new")
                        .add(price)
                        .add(amount);
            }
        });
    }

    ObjectNode book(Market market, long nowMs) {
        ObjectNode data = bookHead(market, nowMs, "snapshot").put("change_id", market.changeId);
        ArrayNode bids = data.putArray("bids");
        market.bids.forEach(
                (price, amount) -> bids.addArray().add("new").add(price).add(amount));
        ArrayNode asks = data.putArray("asks");
        market.asks.forEach(
                (price, amount) -> asks.addArray().add("new").add(price).add(amount));
        return data;
    }

    private static ObjectNode bookHead(Market market, long nowMs, String type) {
        return JSON.objectNode().put("type", type).put("timestamp", nowMs).put("instrument_name", market.name);
    }

    ObjectNode ticker(Market market, long nowMs) {
        ObjectNode data = JSON.objectNode()
                .put("timestamp", nowMs)
                .put("state", "open")
                .put("settlement_price", 1.5)
                .put("open_interest", market.openInterest)
                .put("mark_price", market.mark)
                .put("last_price", market.mark)
                .put("instrument_name", market.name)
                .put("index_price", market.index())
                .put("estimated_delivery_price", market.index());
        data.putObject("stats")
                .put("volume", new BigDecimal("1234.56789"))
                .put("volume_usd", new BigDecimal("81234560"))
                .putNull("price_change");
        if (market.isPerpetual) {
            data.put("funding_8h", 0.00002).put("current_funding", market.funding);
        }
        return data;
    }

    ArrayNode instruments(String currency) {
        ArrayNode list = JSON.arrayNode();
        markets.values().stream()
                .filter(market -> market.settle.equals(currency))
                .forEach(market -> list.addObject()
                        .put("tick_size", market.tick)
                        .put("taker_commission", 0.0005)
                        .put("settlement_period", market.isPerpetual ? "perpetual" : "month")
                        .put("settlement_currency", market.settle)
                        .put("rfq", false)
                        .put("quote_currency", market.isInverse ? "USD" : "USDC")
                        .put("price_index", "btc_usd")
                        .put("min_trade_amount", market.smallest)
                        .put("max_leverage", 50)
                        .put("kind", "future")
                        .put("is_active", true)
                        .put("instrument_name", market.name)
                        .put("instrument_type", market.isInverse ? "reversed" : "linear")
                        .put("expiration_timestamp", 32503708800000L)
                        .put("contract_size", market.smallest)
                        .put("base_currency", market.base)
                        .put("aFieldOfNextYear", "x"));
        return list;
    }

    /** Trades of a currency since a time, the oldest first. */
    ObjectNode trades(String currency, long fromMs, int most) {
        List<ObjectNode> found = trades.stream()
                .filter(trade -> markets.get(trade.get("instrument_name").textValue())
                        .settle
                        .equals(currency))
                .filter(trade -> trade.get("timestamp").longValue() >= fromMs)
                .toList();
        ObjectNode result = JSON.objectNode().put("has_more", found.size() > most);
        result.putArray("trades").addAll(found.subList(0, Math.min(most, found.size())));
        return result;
    }
}
