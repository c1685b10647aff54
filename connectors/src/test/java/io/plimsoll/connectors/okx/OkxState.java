package io.plimsoll.connectors.okx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a local venue holds of its markets, in the shapes of OKX's messages. */
final class OkxState {

    private static final int LEVELS = 60;

    /** A market; prices move by its tick. */
    static final class Market {

        final String symbol;
        final String underlying;
        final boolean isInverse;
        final String face;
        final BigDecimal tick;
        final TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        final TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        Map<BigDecimal, BigDecimal> saidBids = Map.of();
        Map<BigDecimal, BigDecimal> saidAsks = Map.of();
        long sequence = 123_456;
        BigDecimal mark;
        String openInterest = "0";
        String volume = "0";
        String funding = "0.0001";

        Market(String symbol, String underlying, boolean isInverse, String face, String mark, String tick) {
            this.symbol = symbol;
            this.underlying = underlying;
            this.isInverse = isInverse;
            this.face = face;
            this.mark = new BigDecimal(mark);
            this.tick = new BigDecimal(tick);
        }

        boolean isSwap() {
            return symbol.endsWith("-SWAP");
        }

        String type() {
            return isSwap() ? "SWAP" : "FUTURES";
        }

        BigDecimal index() {
            return mark.subtract(tick);
        }
    }

    final Map<String, Market> markets = new LinkedHashMap<>();
    private final Random random;

    OkxState(long seed) {
        random = new Random(seed);
        add(new Market("BTC-USDT-SWAP", "BTC-USDT", false, "0.01", "64000", "0.5"));
        add(new Market("ETH-USDT-SWAP", "ETH-USDT", false, "0.1", "3400", "0.05"));
        add(new Market("BTC-USD-261226", "BTC-USD", true, "100", "66000", "1"));
        move();
    }

    private void add(Market market) {
        markets.put(market.symbol, market);
    }

    /** Prices, open interest and books move. */
    void move() {
        for (Market market : markets.values()) {
            market.mark = market.mark.add(market.tick.multiply(BigDecimal.valueOf(random.nextInt(-20, 21))));
            market.openInterest = random.nextInt(2_000_000, 3_000_000) + ".93";
            market.volume = random.nextInt(5_000_000, 6_000_000) + ".1";
            market.funding = "0.0000" + random.nextInt(10, 99);
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
                side.put(price, new BigDecimal(random.nextInt(1, 40_000)).movePointLeft(2));
            }
        }
        while (side.size() > LEVELS) {
            side.pollLastEntry();
        }
    }

    ObjectNode markPrice(Market market, long nowMs) {
        ObjectNode message = message("mark-price", market.symbol);
        item(message, market, nowMs).put("markPx", market.mark.toPlainString());
        return message;
    }

    ObjectNode indexTicker(Market market, long nowMs) {
        ObjectNode message = message("index-tickers", market.underlying);
        message.putArray("data")
                .addObject()
                .put("instId", market.underlying)
                .put("idxPx", market.index().toPlainString())
                .put("ts", Long.toString(nowMs));
        return message;
    }

    ObjectNode openInterest(Market market, long nowMs) {
        ObjectNode message = message("open-interest", market.symbol);
        item(message, market, nowMs)
                .put("oi", market.openInterest)
                .put("oiCcy", "1")
                .put("oiUsd", "64000");
        return message;
    }

    ObjectNode ticker(Market market, long nowMs) {
        ObjectNode message = message("tickers", market.symbol);
        item(message, market, nowMs)
                .put("last", "1")
                .put("vol24h", market.volume)
                .put("volCcy24h", "2");
        return message;
    }

    ObjectNode fundingRate(Market market, long nowMs) {
        ObjectNode message = message("funding-rate", market.symbol);
        item(message, market, nowMs)
                .put("method", "current_period")
                .put("fundingRate", market.funding)
                .put("nextFundingRate", "")
                .put("fundingTime", "1782144000000")
                .put("nextFundingTime", "1782158400000");
        return message;
    }

    ObjectNode bookSnapshot(Market market, long nowMs) {
        ObjectNode message = message("books", market.symbol).put("action", "snapshot");
        ObjectNode item = book(message, nowMs).put("seqId", market.sequence).put("prevSeqId", -1);
        levels(item.putArray("bids"), market.saidBids);
        levels(item.putArray("asks"), market.saidAsks);
        return message;
    }

    /** What has changed; at times nothing, and then the number stays. Now and then numbers begin anew lower down. */
    ObjectNode bookUpdate(Market market, long nowMs) {
        ObjectNode message = message("books", market.symbol).put("action", "update");
        ObjectNode item = book(message, nowMs).put("prevSeqId", market.sequence);
        market.saidBids = changes(item.putArray("bids"), market.saidBids, market.bids);
        market.saidAsks = changes(item.putArray("asks"), market.saidAsks, market.asks);
        if (!item.get("bids").isEmpty() || !item.get("asks").isEmpty()) {
            market.sequence =
                    random.nextInt(200) == 0 ? random.nextInt(1, 1_000) : market.sequence + random.nextInt(1, 9);
        }
        item.put("seqId", market.sequence);
        return message;
    }

    private static ObjectNode book(ObjectNode message, long nowMs) {
        return message.putArray("data")
                .addObject()
                .put("ts", Long.toString(nowMs))
                .put("checksum", 0);
    }

    private static Map<BigDecimal, BigDecimal> changes(
            ArrayNode list, Map<BigDecimal, BigDecimal> said, Map<BigDecimal, BigDecimal> side) {
        side.forEach((price, quantity) -> {
            if (!quantity.equals(said.get(price))) {
                level(list, price, quantity.toPlainString());
            }
        });
        said.keySet().stream().filter(price -> !side.containsKey(price)).forEach(price -> level(list, price, "0"));
        return new LinkedHashMap<>(side);
    }

    private static void levels(ArrayNode list, Map<BigDecimal, BigDecimal> side) {
        side.forEach((price, quantity) -> level(list, price, quantity.toPlainString()));
    }

    private static void level(ArrayNode list, BigDecimal price, String quantity) {
        list.addArray().add(price.toPlainString()).add(quantity).add("0").add("4");
    }

    /** Liquidations of one market, as they are reported, in one-way mode or with two sides. */
    ObjectNode liquidations(Market market, long nowMs) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putObject("arg").put("channel", "liquidation-orders").put("instType", market.type());
        ObjectNode item = message.putArray("data")
                .addObject()
                .put("instType", market.type())
                .put("instId", market.symbol)
                .put("instFamily", market.underlying)
                .put("uly", market.underlying);
        boolean isLong = random.nextBoolean();
        boolean isNet = random.nextBoolean();
        item.putArray("details")
                .addObject()
                .put("side", isLong ? "sell" : "buy")
                .put("posSide", isNet ? "net" : isLong ? "long" : "short")
                .put("bkPx", market.mark.toPlainString())
                .put("sz", random.nextInt(1, 900) + ".5")
                .put("bkLoss", "0")
                .put("ccy", "")
                .put("ts", Long.toString(nowMs - random.nextInt(5_000)));
        return message;
    }

    ObjectNode listing(Market market) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("instType", market.type())
                .put("instId", market.symbol)
                .put("uly", market.underlying)
                .put("instFamily", market.underlying)
                .put("baseCcy", "")
                .put("quoteCcy", "")
                .put("settleCcy", market.isInverse ? "BTC" : "USDT")
                .put("ctVal", market.face)
                .put("ctMult", "1")
                .put("ctValCcy", market.isInverse ? "USD" : market.underlying.substring(0, 3))
                .put("lotSz", market.isInverse ? "1" : "0.01")
                .put("ctType", market.isInverse ? "inverse" : "linear")
                .put("state", "live");
    }

    ArrayNode tiers(String family) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tier(list, family, "2", "1001", "5000", "0.01", "50");
        tier(list, family, "1", "0", "1000", "0.004", "100");
        return list;
    }

    private static void tier(
            ArrayNode list, String family, String tier, String from, String to, String rate, String leverage) {
        list.addObject()
                .put("uly", family)
                .put("instFamily", family)
                .put("instId", "")
                .put("tier", tier)
                .put("minSz", from)
                .put("maxSz", to)
                .put("mmr", rate)
                .put("imr", "0.1")
                .put("maxLever", leverage)
                .put("optMgnFactor", "0");
    }

    private static ObjectNode item(ObjectNode message, Market market, long nowMs) {
        return message.putArray("data")
                .addObject()
                .put("instType", market.type())
                .put("instId", market.symbol)
                .put("ts", Long.toString(nowMs));
    }

    private static ObjectNode message(String channel, String instrument) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putObject("arg").put("channel", channel).put("instId", instrument);
        return message;
    }
}
