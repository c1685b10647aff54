package io.plimsoll.connectors.binance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a venue of the tests holds: markets with prices, books and forced orders. Knows nothing of the connector. */
final class BinanceState {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int FAR = 1_500;

    static final class Market {

        final String symbol;
        final String pair;
        final String base;
        final String quote;
        final String contractType;
        final BigDecimal contractSize;
        final BigDecimal tick;
        double mark;
        BigDecimal openInterest = new BigDecimal("84213.412");
        BigDecimal dayVolume = new BigDecimal("130245.007");
        BigDecimal funding = new BigDecimal("0.00010000");
        final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        final Map<BigDecimal, BigDecimal> changedBids = new LinkedHashMap<>();
        final Map<BigDecimal, BigDecimal> changedAsks = new LinkedHashMap<>();
        long firstId;
        long lastId;
        long toldId;

        Market(String symbol, String base, String quote, String contractType, int contractSize, double mark) {
            this.symbol = symbol;
            this.pair = base + quote;
            this.base = base;
            this.quote = quote;
            this.contractType = contractType;
            this.contractSize = BigDecimal.valueOf(contractSize);
            this.mark = mark;
            this.tick = new BigDecimal(mark * 2e-5).round(new MathContext(1));
        }

        boolean isFunded() {
            return contractType.endsWith("PERPETUAL");
        }

        BigDecimal markPrice() {
            return new BigDecimal(mark).round(new MathContext(12));
        }
    }

    final Product product;
    final Map<String, Market> markets = new LinkedHashMap<>();
    BigDecimal usdt = new BigDecimal("0.99870000");
    BigDecimal btc = new BigDecimal("61004.50");

    /** Forced orders by the id that each is known by. */
    final Map<String, ObjectNode> forced = new LinkedHashMap<>();

    private final Random random;
    private long lastId = 5_123_107_832_006L;

    BinanceState(Product product, long seed) {
        this.product = product;
        this.random = new Random(seed);
        List<Market> all = product == Product.USDM
                ? List.of(
                        new Market("BTCUSDT", "BTC", "USDT", "PERPETUAL", 1, 61_800.1),
                        new Market("ETHUSDT", "ETH", "USDT", "PERPETUAL", 1, 2_684.5),
                        new Market("1000PEPEUSDT", "1000PEPE", "USDT", "PERPETUAL", 1, 0.0082345),
                        new Market("TSLAUSDT", "TSLA", "USDT", "TRADIFI_PERPETUAL", 1, 412.3),
                        new Market("BTCUSDT_260925", "BTC", "USDT", "CURRENT_QUARTER", 1, 62_411.9),
                        new Market("ETHBTC", "ETH", "BTC", "PERPETUAL", 1, 0.0434))
                : List.of(
                        new Market("BTCUSD_PERP", "BTC", "USD", "PERPETUAL", 100, 61_801.3),
                        new Market("ETHUSD_PERP", "ETH", "USD", "PERPETUAL", 10, 2_684.7),
                        new Market("BTCUSD_260925", "BTC", "USD", "CURRENT_QUARTER", 100, 62_399.4));
        all.forEach(market -> markets.put(market.symbol, market));
        for (int i = 0; i < 40; i++) {
            moveBooks();
        }
        markets.values().forEach(this::change);
    }

    /** Of all contracts on a pair it is the same. */
    BigDecimal index(Market market) {
        double mark = markets.values().stream()
                .filter(other -> other.pair.equals(market.pair))
                .findFirst()
                .orElseThrow()
                .mark;
        return new BigDecimal(mark * 1.0004).round(new MathContext(12));
    }

    /** Everything but the books moves. */
    void movePrices() {
        for (Market market : markets.values()) {
            market.mark *= 1 + 0.0008 * random.nextGaussian();
            market.openInterest = market.openInterest.add(BigDecimal.valueOf(random.nextInt(2_000) - 1_000, 3));
            market.dayVolume = market.dayVolume.add(BigDecimal.valueOf(random.nextInt(1_000), 3));
            market.funding = BigDecimal.valueOf(random.nextInt(40_000) - 10_000L, 8);
        }
        usdt = BigDecimal.valueOf(99_800_000 + random.nextInt(300_000), 8);
        btc = markets.values().iterator().next().markPrice();
    }

    /** Books follow the price; some of what stands in them changes. */
    void moveBooks() {
        for (Market market : markets.values()) {
            long middle = Math.round(market.mark / market.tick.doubleValue());
            for (BigDecimal price : List.copyOf(market.bids.keySet())) {
                if (price.compareTo(at(market, middle)) >= 0 || price.compareTo(at(market, middle - FAR)) < 0) {
                    set(market, true, price, BigDecimal.ZERO);
                }
            }
            for (BigDecimal price : List.copyOf(market.asks.keySet())) {
                if (price.compareTo(at(market, middle)) <= 0 || price.compareTo(at(market, middle + FAR)) > 0) {
                    set(market, false, price, BigDecimal.ZERO);
                }
            }
            for (int i = 0; i < 25; i++) {
                boolean isBid = random.nextBoolean();
                int ticks = 1 + (i < 6 ? i / 2 : random.nextInt(FAR - 1));
                BigDecimal quantity = i >= 6 && random.nextInt(4) == 0
                        ? BigDecimal.ZERO
                        : BigDecimal.valueOf(1 + random.nextInt(90_000), 3);
                set(market, isBid, at(market, isBid ? middle - ticks : middle + ticks), quantity);
            }
        }
    }

    private static BigDecimal at(Market market, long ticks) {
        return market.tick.multiply(BigDecimal.valueOf(ticks));
    }

    private void set(Market market, boolean isBid, BigDecimal price, BigDecimal given) {
        BigDecimal quantity = product == Product.COINM && given.signum() > 0
                ? BigDecimal.valueOf(given.unscaledValue().longValue())
                : given;
        Map<BigDecimal, BigDecimal> side = isBid ? market.bids : market.asks;
        if (quantity.signum() == 0) {
            side.remove(price);
        } else {
            side.put(price, quantity);
        }
        (isBid ? market.changedBids : market.changedAsks).put(price, quantity);
        // Numbers are the whole venue's: between two of one market lie others'.
        lastId += 1 + random.nextInt(3);
        market.lastId = lastId;
        if (market.firstId == 0) {
            market.firstId = lastId;
        }
    }

    /** What has changed in a market's book since this was last asked; null: nothing. */
    ObjectNode change(Market market) {
        if (market.firstId == 0) {
            return null;
        }
        ObjectNode event = JSON.objectNode()
                .put("e", "depthUpdate")
                .put("s", market.symbol)
                .put("U", market.firstId)
                .put("u", market.lastId)
                .put("pu", market.toldId);
        event.set("b", levels(market.changedBids, Integer.MAX_VALUE));
        event.set("a", levels(market.changedAsks, Integer.MAX_VALUE));
        market.toldId = market.lastId;
        market.firstId = 0;
        market.changedBids.clear();
        market.changedAsks.clear();
        return event;
    }

    ObjectNode book(Market market, int limit, long nowMs) {
        ObjectNode book = JSON.objectNode()
                .put("lastUpdateId", market.lastId)
                .put("E", nowMs)
                .put("T", nowMs - 8);
        book.set("bids", levels(market.bids, limit));
        book.set("asks", levels(market.asks, limit));
        return book;
    }

    private static ArrayNode levels(Map<BigDecimal, BigDecimal> side, int limit) {
        ArrayNode list = JSON.arrayNode();
        side.entrySet().stream()
                .limit(limit)
                .forEach(level -> list.addArray()
                        .add(level.getKey().toPlainString())
                        .add(level.getValue().toPlainString()));
        return list;
    }

    ObjectNode mark(Market market, long nowMs) {
        ObjectNode mark = JSON.objectNode()
                .put("e", "markPriceUpdate")
                .put("E", nowMs)
                .put("s", market.symbol)
                .put("p", market.markPrice().toPlainString());
        if (product == Product.USDM) {
            mark.put("i", index(market).toPlainString());
        }
        return mark.put("P", "61805.11111111")
                .put("r", market.isFunded() ? market.funding.toPlainString() : "")
                .put("T", market.isFunded() ? nowMs - nowMs % 28_800_000 + 28_800_000 : 0)
                .put("aFieldOfNextYear", "x");
    }

    /** A forced order in some market; the id tells it. */
    ObjectNode force(long nowMs) {
        List<Market> all = new ArrayList<>(markets.values());
        Market market = all.get(random.nextInt(all.size()));
        boolean sells = random.nextBoolean();
        String quantity = product == Product.COINM ? "" + (1 + random.nextInt(500)) : "0.0" + (11 + random.nextInt(88));
        ObjectNode event = JSON.objectNode().put("e", "forceOrder").put("E", nowMs);
        event.putObject("o")
                .put("s", market.symbol)
                .put("S", sells ? "SELL" : "BUY")
                .put("o", "LIMIT")
                .put("f", "IOC")
                .put("q", quantity)
                .put("p", "1")
                .put("ap", market.markPrice().toPlainString())
                .put("X", "FILLED")
                .put("l", quantity)
                .put("z", quantity)
                .put("T", nowMs - 7);
        forced.put(market.symbol + " " + (nowMs - 7) + "-" + (sells ? "LONG" : "SHORT") + "-" + quantity, event);
        return event;
    }

    ObjectNode exchangeInfo() {
        ObjectNode info = JSON.objectNode().put("timezone", "UTC");
        ArrayNode symbols = info.putArray("symbols");
        for (Market market : markets.values()) {
            listing(symbols.addObject(), market, "TRADING");
        }
        Market old = new Market("OLD" + (product == Product.USDM ? "USDT" : "USD_PERP"), "OLD", "USDT", "", 10, 1);
        listing(symbols.addObject(), old, "SETTLING");
        return info;
    }

    private void listing(ObjectNode listing, Market market, String status) {
        boolean inverse = product == Product.COINM;
        listing.put("symbol", market.symbol)
                .put("pair", market.pair)
                .put("contractType", market.contractType)
                .put("deliveryDate", 4_133_404_800_000L)
                .put(inverse ? "contractStatus" : "status", status)
                .put("maintMarginPercent", "2.5000")
                .put("requiredMarginPercent", "5.0000")
                .put("baseAsset", market.base)
                .put("quoteAsset", market.quote)
                .put("marginAsset", inverse ? market.base : market.quote)
                .put("pricePrecision", 2)
                .put("quantityPrecision", 3)
                .put("liquidationFee", "0.010000");
        if (inverse) {
            listing.put("contractSize", market.contractSize.intValue());
        } else {
            listing.putArray("filters")
                    .addObject()
                    .put("filterType", "LOT_SIZE")
                    .put("stepSize", "0.001");
        }
    }
}
