package io.plimsoll.connectors.dydx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an indexer of the tests holds: markets, books, subaccounts, trades. Moves by a seeded random walk and writes itself in
 * the venue's own form. Knows nothing of the connector.
 */
final class IndexerState {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int SNAPSHOT_LEVELS = 100;

    static final class Market {

        final String ticker;
        final int resolution;
        final int bookLevels;
        final BigDecimal tick;
        BigDecimal oracle;
        BigDecimal funding = new BigDecimal("0.00006821875");
        BigDecimal openInterest = new BigDecimal("1891.473716288");
        TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Comparator.reverseOrder());
        TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();
        final List<ObjectNode> trades = new ArrayList<>();

        Market(String ticker, int resolution, int bookLevels, String tick, String oracle) {
            this.ticker = ticker;
            this.resolution = resolution;
            this.bookLevels = bookLevels;
            this.tick = new BigDecimal(tick);
            this.oracle = new BigDecimal(oracle);
        }
    }

    record Held(BigDecimal size, BigDecimal entry) {}

    static final class Account {

        final String id;
        BigDecimal usdc = new BigDecimal("50000.123456");
        final TreeMap<String, Held> held = new TreeMap<>();

        Account(String id) {
            this.id = id;
        }
    }

    final Map<String, Market> markets = new LinkedHashMap<>();
    final Map<String, Account> accounts = new LinkedHashMap<>();

    /** Forced trades so far: ticker, id, side of the position, size. */
    final List<String> liquidations = new ArrayList<>();

    private final Random random;
    private long nextTrade;

    IndexerState(long seed, int accountCount) {
        random = new Random(seed);
        List.of(
                        new Market("BTC-USD", -10, 110, "1", "66375.25"),
                        new Market("ETH-USD", -9, 30, "0.1", "2123.71"),
                        new Market("DOGE-USD", 0, 12, "0.00001", "0.12345"))
                .forEach(market -> markets.put(market.ticker, market));
        markets.values().forEach(this::makeBook);
        for (int i = 1; i <= accountCount; i++) {
            String id = id(i);
            accounts.put(id, new Account(id));
        }
    }

    static String id(int number) {
        return "dydx1" + "%038d".formatted(number) + "/" + number % 3;
    }

    void movePrices() {
        for (Market market : markets.values()) {
            market.oracle = market.oracle
                    .multiply(BigDecimal.valueOf(1 + 0.0005 * random.nextGaussian()))
                    .round(new MathContext(8));
            market.funding = BigDecimal.valueOf(random.nextInt(400) - 100, 10);
            market.openInterest = market.openInterest.add(BigDecimal.valueOf(random.nextInt(2000) - 1000, 6));
            makeBook(market);
        }
    }

    /** Prices at each tick around the oracle's; some of them keep what stood there. */
    private void makeBook(Market market) {
        BigDecimal middle =
                market.oracle.divide(market.tick, 0, RoundingMode.HALF_UP).multiply(market.tick);
        market.bids = side(market, market.bids, middle, market.tick.negate());
        market.asks = side(market, market.asks, middle.add(market.tick), market.tick);
    }

    private TreeMap<BigDecimal, BigDecimal> side(
            Market market, TreeMap<BigDecimal, BigDecimal> before, BigDecimal first, BigDecimal step) {
        TreeMap<BigDecimal, BigDecimal> side = new TreeMap<>(before.comparator());
        for (int i = 0; i < market.bookLevels; i++) {
            BigDecimal price = first.add(step.multiply(BigDecimal.valueOf(i)));
            BigDecimal stood = before.get(price);
            side.put(
                    price,
                    stood != null && random.nextInt(5) > 0
                            ? stood
                            : BigDecimal.valueOf(1 + random.nextInt(10_000_000), 5));
        }
        return side;
    }

    /** Some accounts trade; gives those that have changed. */
    List<Account> trade(int count, Instant now) {
        List<Account> all = List.copyOf(accounts.values());
        List<Account> changed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Account account = all.get(random.nextInt(all.size()));
            Market market = randomMarket();
            Held held = account.held.get(market.ticker);
            boolean closes = held != null && random.nextInt(3) == 0;
            BigDecimal size = closes ? held.size().negate() : BigDecimal.valueOf(1 + random.nextInt(2_000), 3);
            if (!closes && random.nextBoolean()) {
                size = size.negate();
            }
            fill(account, market, size);
            addTrade(market, size, "LIMIT", now);
            changed.add(account);
        }
        return changed;
    }

    /** Someone is liquidated or deleveraged out of a position, in two trades. */
    List<Account> force(Instant now) {
        List<Account> holders = accounts.values().stream()
                .filter(account -> !account.held.isEmpty())
                .toList();
        if (holders.isEmpty()) {
            return List.of();
        }
        Account account = holders.get(random.nextInt(holders.size()));
        Market market = markets.get(account.held.firstKey());
        BigDecimal whole = account.held.get(market.ticker).size().negate();
        String type = random.nextInt(4) == 0 ? "DELEVERAGED" : "LIQUIDATED";
        BigDecimal first = whole.divide(BigDecimal.valueOf(2), 4, RoundingMode.DOWN);
        for (BigDecimal size : List.of(first, whole.subtract(first))) {
            fill(account, market, size);
            String id = addTrade(market, size, type, now);
            liquidations.add(market.ticker + " " + id + " " + (size.signum() > 0 ? "SHORT" : "LONG") + " "
                    + size.abs().doubleValue());
        }
        return List.of(account);
    }

    private Market randomMarket() {
        List<Market> all = List.copyOf(markets.values());
        return all.get(random.nextInt(all.size()));
    }

    private void fill(Account account, Market market, BigDecimal size) {
        Held held = account.held.getOrDefault(market.ticker, new Held(BigDecimal.ZERO, market.oracle));
        BigDecimal next = held.size().add(size);
        account.usdc = account.usdc.subtract(size.multiply(market.oracle));
        if (next.signum() == 0) {
            account.held.remove(market.ticker);
        } else {
            account.held.put(
                    market.ticker,
                    new Held(next, next.abs().compareTo(held.size().abs()) > 0 ? market.oracle : held.entry()));
        }
    }

    private String addTrade(Market market, BigDecimal size, String type, Instant now) {
        String id = new UUID(random.nextLong(), nextTrade++).toString();
        market.trades.add(JSON.objectNode()
                .put("id", id)
                .put("size", size.abs().toPlainString())
                .put("price", market.oracle.toPlainString())
                .put("side", size.signum() > 0 ? "BUY" : "SELL")
                .put("createdAt", now.toString())
                .put("createdAtHeight", "49592")
                .put("type", type));
        return id;
    }

    /** The newest trades not after a time, newest first. */
    ObjectNode trades(Market market, Instant notAfter, int most) {
        List<ObjectNode> list = new ArrayList<>();
        for (int i = market.trades.size() - 1; i >= 0 && list.size() < most; i--) {
            ObjectNode trade = market.trades.get(i);
            if (!Instant.parse(trade.get("createdAt").textValue()).isAfter(notAfter)) {
                list.add(trade);
            }
        }
        ObjectNode contents = JSON.objectNode();
        contents.putArray("trades").addAll(list);
        return contents;
    }

    ObjectNode list() {
        ObjectNode contents = JSON.objectNode();
        ObjectNode list = contents.putObject("markets");
        for (Market market : markets.values()) {
            list.putObject(market.ticker)
                    .put("clobPairId", "0")
                    .put("ticker", market.ticker)
                    .put("status", "ACTIVE")
                    .put("oraclePrice", market.oracle.toPlainString())
                    .put("priceChange24H", "0")
                    .put("volume24H", "63894023.044245577")
                    .put("trades24H", 143820)
                    .put("nextFundingRate", market.funding.toPlainString())
                    .put("initialMarginFraction", "0.050000")
                    .put("maintenanceMarginFraction", "0.030000")
                    .put("openInterest", market.openInterest.toPlainString())
                    .put("atomicResolution", market.resolution)
                    .put("quantumConversionExponent", -8)
                    .put("tickSize", market.tick.toPlainString())
                    .put("stepBaseQuantums", 10)
                    .put("aFieldOfNextYear", "x");
        }
        list.putObject("LUNA-USD").put("ticker", "LUNA-USD").put("status", "FINAL_SETTLEMENT");
        return contents;
    }

    ObjectNode marketChanges(Instant now) {
        ObjectNode contents = JSON.objectNode();
        ObjectNode trading = contents.putObject("trading");
        ObjectNode oracle = contents.putObject("oraclePrices");
        for (Market market : markets.values()) {
            trading.putObject(market.ticker)
                    .put("nextFundingRate", market.funding.toPlainString())
                    .put("openInterest", market.openInterest.toPlainString());
            oracle.putObject(market.ticker)
                    .put("oraclePrice", market.oracle.toPlainString())
                    .put("effectiveAt", now.toString())
                    .put("effectiveAtHeight", "1")
                    .put("marketId", 0);
        }
        return contents;
    }

    ObjectNode book(Market market) {
        ObjectNode contents = JSON.objectNode();
        levels(contents.putArray("bids"), market.bids);
        levels(contents.putArray("asks"), market.asks);
        return contents;
    }

    private static void levels(ArrayNode list, Map<BigDecimal, BigDecimal> side) {
        side.entrySet().stream()
                .limit(SNAPSHOT_LEVELS)
                .forEach(level -> list.addObject()
                        .put("price", level.getKey().toPlainString())
                        .put("size", level.getValue().toPlainString()));
    }

    /** What is different now from a book of before. */
    static ObjectNode bookChanges(
            Market market, Map<BigDecimal, BigDecimal> bidsBefore, Map<BigDecimal, BigDecimal> asksBefore) {
        ObjectNode contents = JSON.objectNode();
        changes(contents.putArray("bids"), bidsBefore, market.bids);
        changes(contents.putArray("asks"), asksBefore, market.asks);
        return contents;
    }

    private static void changes(ArrayNode list, Map<BigDecimal, BigDecimal> before, Map<BigDecimal, BigDecimal> after) {
        before.keySet().stream()
                .filter(price -> !after.containsKey(price))
                .forEach(price -> list.addArray().add(price.toPlainString()).add("0"));
        after.forEach((price, size) -> {
            if (!size.equals(before.get(price))) {
                list.addArray().add(price.toPlainString()).add(size.toPlainString());
            }
        });
    }

    ObjectNode subaccount(Account account) {
        ObjectNode contents = JSON.objectNode();
        ObjectNode state = contents.putObject("subaccount")
                .put("address", account.id.substring(0, account.id.indexOf('/')))
                .put("subaccountNumber", 0)
                .put("equity", "1.0")
                .put("freeCollateral", "1.0")
                .put("marginEnabled", true);
        ObjectNode positions = state.putObject("openPerpetualPositions");
        account.held.forEach((ticker, held) -> positions.set(ticker, position(ticker, held)));
        state.putObject("assetPositions").set("USDC", usdc(account));
        contents.putArray("orders");
        return contents;
    }

    /** An account's change: what it holds in all markets now, closed ones included. */
    ObjectNode accountChange(Account account) {
        ObjectNode contents = JSON.objectNode();
        ArrayNode positions = contents.putArray("perpetualPositions");
        for (String ticker : markets.keySet()) {
            Held held = account.held.get(ticker);
            positions.add(
                    held == null
                            ? position(ticker, new Held(BigDecimal.ZERO, BigDecimal.ONE))
                                    .put("status", "CLOSED")
                            : position(ticker, held));
        }
        contents.putArray("assetPositions").add(usdc(account));
        contents.putArray("fills");
        return contents;
    }

    private static ObjectNode position(String ticker, Held held) {
        return JSON.objectNode()
                .put("market", ticker)
                .put("status", "OPEN")
                .put("side", held.size().signum() < 0 ? "SHORT" : "LONG")
                .put("size", held.size().toPlainString())
                .put("maxSize", "9")
                .put("entryPrice", held.entry().toPlainString())
                .put("realizedPnl", "0")
                .put("netFunding", "0")
                .put("unrealizedPnl", "0");
    }

    private static ObjectNode usdc(Account account) {
        return JSON.objectNode()
                .put("symbol", "USDC")
                .put("side", account.usdc.signum() < 0 ? "SHORT" : "LONG")
                .put("size", account.usdc.abs().toPlainString())
                .put("assetId", "0");
    }
}
