package io.plimsoll.connectors.hyperliquid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a venue of the tests holds: markets, books, accounts, fills. Moves by a seeded random walk; writes itself as JSON in
 * the venue's own form. Knows nothing of the connector.
 */
final class VenueState {

    static final String LIQUIDATOR = address(0xfee);

    /** Takes the other side of all trades, and keeps nothing. */
    private static final String OTHER = address(0xdead);

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static final class Market {

        final String coin;
        final int sizeDecimals;
        final int maxLeverage;
        final int tableId;
        double mark;
        BigDecimal funding = new BigDecimal("0.0000125");
        BigDecimal openInterest = new BigDecimal("27353.17682");
        BigDecimal dayBase = new BigDecimal("19707.77457");
        TreeMap<BigDecimal, BigDecimal> bids = new TreeMap<>();
        TreeMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

        Market(String coin, int sizeDecimals, int maxLeverage, int tableId, double mark) {
            this.coin = coin;
            this.sizeDecimals = sizeDecimals;
            this.maxLeverage = maxLeverage;
            this.tableId = tableId;
            this.mark = mark;
        }

        BigDecimal price() {
            return new BigDecimal(mark).round(new MathContext(5));
        }

        BigDecimal oracle() {
            return new BigDecimal(mark * 1.0003).round(new MathContext(5));
        }

        BigDecimal bestBid() {
            return price().subtract(price().ulp());
        }

        BigDecimal bestAsk() {
            return price().add(price().ulp());
        }
    }

    static final class Held {

        BigDecimal size = BigDecimal.ZERO;
        BigDecimal entry = BigDecimal.ONE;
        /** Null: cross. */
        BigDecimal raw;
    }

    static final class Account {

        final String address;
        BigDecimal raw = new BigDecimal("50000.123456");
        final Map<String, Held> held = new LinkedHashMap<>();
        final List<ObjectNode> fills = new ArrayList<>();
        boolean isLiquidated;

        Account(String address) {
            this.address = address;
        }
    }

    final Map<String, Market> markets = new LinkedHashMap<>();
    final Map<String, Account> accounts = new LinkedHashMap<>();
    final List<ObjectNode> trades = new ArrayList<>();

    /** Forced trades so far: account, coin and trade id. */
    final List<String> liquidations = new ArrayList<>();

    private final Random random;
    private long nextTrade = 268_453_629_049_937L;

    VenueState(long seed, int accountCount) {
        random = new Random(seed);
        List.of(
                        new Market("BTC", 5, 40, 56, 66375),
                        new Market("ETH", 4, 25, 25, 2123.7),
                        new Market("kPEPE", 0, 10, 51, 0.012345))
                .forEach(market -> markets.put(market.coin, market));
        markets.values().forEach(this::makeBook);
        for (int i = 1; i <= accountCount; i++) {
            account(address(i));
        }
        account(LIQUIDATOR);
        account(OTHER);
    }

    private static boolean isTrader(Account account) {
        return !account.address.equals(LIQUIDATOR) && !account.address.equals(OTHER);
    }

    static String address(int number) {
        return "0x" + "%040x".formatted(number);
    }

    Account account(String address) {
        return accounts.computeIfAbsent(address, Account::new);
    }

    void movePrices() {
        for (Market market : markets.values()) {
            market.mark *= 1 + 0.001 * random.nextGaussian();
            market.openInterest = market.openInterest.add(BigDecimal.valueOf(random.nextInt(200) - 100, 3));
            market.dayBase = market.dayBase.add(BigDecimal.valueOf(random.nextInt(1000), 4));
            market.funding = BigDecimal.valueOf(random.nextInt(400) - 100, 10);
            makeBook(market);
        }
    }

    /** Twenty prices a side, rounded to three figures: bids down, asks up. */
    private void makeBook(Market market) {
        MathContext figures = new MathContext(3, RoundingMode.FLOOR);
        BigDecimal bid = market.bestBid().round(figures);
        BigDecimal step = bid.ulp();
        market.bids = new TreeMap<>(java.util.Comparator.reverseOrder());
        market.asks = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            market.bids.put(bid.subtract(step.multiply(BigDecimal.valueOf(i))), quantity());
            market.asks.put(bid.add(step.multiply(BigDecimal.valueOf(i + 1L))), quantity());
        }
    }

    private BigDecimal quantity() {
        return BigDecimal.valueOf(1 + random.nextInt(10_000_000), 5);
    }

    /** Every account that is not out pays or is paid funding. */
    void fund() {
        accounts.values()
                .forEach(account ->
                        account.raw = account.raw.add(BigDecimal.valueOf(random.nextInt(2_000_000) - 1_000_000L, 6)));
    }

    /** Some accounts trade; who was liquidated is out for good. */
    List<ObjectNode> trade(int count, long nowMs) {
        List<Account> traders = accounts.values().stream()
                .filter(account -> !account.isLiquidated && isTrader(account))
                .toList();
        List<ObjectNode> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(trade(traders.get(random.nextInt(traders.size())), nowMs));
        }
        return made;
    }

    /** Everyone trades once. */
    List<ObjectNode> allTrade(long nowMs) {
        return accounts.values().stream()
                .filter(VenueState::isTrader)
                .map(account -> account.isLiquidated ? touch(account, nowMs) : trade(account, nowMs))
                .toList();
    }

    private ObjectNode trade(Account account, long nowMs) {
        Market market = randomMarket();
        Held held = account.held.get(market.coin);
        boolean closes = held != null && random.nextInt(4) == 0;
        BigDecimal size = closes
                ? held.size.negate()
                : BigDecimal.valueOf(random.nextInt(2_000) - 1_000L, market.sizeDecimals)
                        .add(BigDecimal.ONE.movePointLeft(market.sizeDecimals));
        fill(account, market, size, closes ? "Close" : "Open", null, nowMs);
        return addTrade(market, size, account.address, OTHER, nowMs);
    }

    private ObjectNode touch(Account account, long nowMs) {
        return addTrade(randomMarket(), BigDecimal.ONE, account.address, OTHER, nowMs);
    }

    /** A random account that holds something is liquidated, in one market or all; the liquidator takes the other side. */
    List<ObjectNode> liquidate(long nowMs) {
        List<ObjectNode> made = new ArrayList<>();
        List<Account> holders = accounts.values().stream()
                .filter(account -> !account.held.isEmpty() && !account.isLiquidated && isTrader(account))
                .toList();
        if (holders.isEmpty()) {
            return made;
        }
        Account account = holders.get(random.nextInt(holders.size()));
        account.isLiquidated = true;
        for (String coin : List.copyOf(account.held.keySet())) {
            Market market = markets.get(coin);
            BigDecimal whole = account.held.get(coin).size.negate();
            // In two fills, which is how large ones go.
            BigDecimal first = whole.divide(BigDecimal.valueOf(2), market.sizeDecimals, RoundingMode.DOWN);
            for (BigDecimal size : List.of(first, whole.subtract(first))) {
                if (size.signum() != 0) {
                    liquidations.add(account.address + " " + coin + " " + nextTrade);
                    fill(account, market, size, "Liquidated Cross", account.address, nowMs);
                    fill(account(LIQUIDATOR), market, size.negate(), "Open", account.address, nowMs);
                    made.add(addTrade(market, size, account.address, LIQUIDATOR, nowMs));
                }
            }
        }
        return made;
    }

    private Market randomMarket() {
        List<Market> all = List.copyOf(markets.values());
        return all.get(random.nextInt(all.size()));
    }

    private void fill(
            Account account, Market market, BigDecimal size, String direction, String liquidated, long nowMs) {
        BigDecimal price = market.price();
        Held held = account.held.computeIfAbsent(market.coin, coin -> {
            Held opened = new Held();
            if (random.nextInt(4) == 0 && liquidated == null) {
                // Isolated: a margin of its own, taken out of the cross account.
                opened.raw = new BigDecimal("1000");
                account.raw = account.raw.subtract(opened.raw);
            }
            return opened;
        });
        ObjectNode fill = JSON.objectNode()
                .put("coin", market.coin)
                .put("px", price.toPlainString())
                .put("sz", size.abs().toPlainString())
                .put("side", size.signum() > 0 ? "B" : "A")
                .put("time", nowMs)
                .put("startPosition", held.size.toPlainString())
                .put("dir", direction + (size.signum() > 0 ? " Long" : " Short"))
                .put("closedPnl", "0.0")
                .put("hash", "0x%064x".formatted(nextTrade))
                .put("oid", nextTrade + 7)
                .put("crossed", true)
                .put("fee", "0.009997")
                .put("tid", nextTrade)
                .put("feeToken", "USDC");
        if (liquidated != null) {
            fill.putObject("liquidation")
                    .put("liquidatedUser", liquidated)
                    .put("markPx", price.toPlainString())
                    .put("method", "market");
        }
        account.fills.add(fill);
        BigDecimal cost = size.multiply(price);
        BigDecimal next = held.size.add(size);
        if (held.size.signum() == 0 || next.signum() * held.size.signum() < 0) {
            held.entry = price;
        } else if (next.abs().compareTo(held.size.abs()) > 0) {
            held.entry = held.entry
                    .multiply(held.size)
                    .add(cost)
                    .divide(next, new MathContext(6))
                    .abs();
        }
        held.size = next;
        if (held.raw == null) {
            account.raw = account.raw.subtract(cost);
        } else {
            held.raw = held.raw.subtract(cost);
        }
        if (next.signum() == 0) {
            if (held.raw != null) {
                account.raw = account.raw.add(held.raw);
            }
            account.held.remove(market.coin);
        }
    }

    private ObjectNode addTrade(Market market, BigDecimal size, String who, String other, long nowMs) {
        boolean buys = size.signum() > 0;
        ObjectNode trade = JSON.objectNode()
                .put("coin", market.coin)
                .put("side", buys ? "B" : "A")
                .put("px", market.price().toPlainString())
                .put("sz", size.abs().toPlainString())
                .put("time", nowMs)
                .put("hash", "0x%064x".formatted(nextTrade))
                .put("tid", nextTrade++);
        trade.putArray("users").add(buys ? who : other).add(buys ? other : who);
        trades.add(trade);
        return trade;
    }

    ArrayNode metaAndContexts() {
        ObjectNode meta = JSON.objectNode();
        ArrayNode universe = meta.putArray("universe");
        ArrayNode contexts = JSON.arrayNode();
        for (Market market : markets.values()) {
            universe.addObject()
                    .put("name", market.coin)
                    .put("szDecimals", market.sizeDecimals)
                    .put("maxLeverage", market.maxLeverage)
                    .put("marginTableId", market.tableId)
                    .put("aFieldOfNextYear", "x");
            contexts.add(context(market));
        }
        universe.addObject()
                .put("name", "MATIC")
                .put("szDecimals", 1)
                .put("maxLeverage", 20)
                .put("marginTableId", 20)
                .put("isDelisted", true);
        contexts.addObject().putNull("markPx");
        ArrayNode tables = meta.putArray("marginTables");
        table(tables, 51, 10, "3000000.0", 5);
        table(tables, 56, 40, "150000000.0", 20);
        meta.put("collateralToken", 0);
        return JSON.arrayNode().add(meta).add(contexts);
    }

    private static void table(ArrayNode tables, int id, int first, String bound, int second) {
        ArrayNode tiers =
                tables.addArray().add(id).addObject().put("description", "").putArray("marginTiers");
        tiers.addObject().put("lowerBound", "0.0").put("maxLeverage", first);
        tiers.addObject().put("lowerBound", bound).put("maxLeverage", second);
    }

    ObjectNode context(Market market) {
        ObjectNode context = JSON.objectNode()
                .put("funding", market.funding.toPlainString())
                .put("openInterest", market.openInterest.toPlainString())
                .put("prevDayPx", "1.0")
                .put("dayNtlVlm", "1516669192.1953897476")
                .putNull("premium")
                .put("oraclePx", market.oracle().toPlainString())
                .put("markPx", market.price().toPlainString())
                .putNull("midPx");
        context.putNull("impactPxs");
        return context.put("dayBaseVlm", market.dayBase.toPlainString());
    }

    ObjectNode book(Market market, long nowMs) {
        ObjectNode book = JSON.objectNode().put("coin", market.coin).put("time", nowMs);
        ArrayNode levels = book.putArray("levels");
        for (Map<BigDecimal, BigDecimal> side : List.of(market.bids, market.asks)) {
            ArrayNode list = levels.addArray();
            side.forEach((price, size) -> list.addObject()
                    .put("px", price.toPlainString())
                    .put("sz", size.toPlainString())
                    .put("n", 3));
        }
        return book;
    }

    ObjectNode quote(Market market, long nowMs) {
        ObjectNode quote = JSON.objectNode().put("coin", market.coin).put("time", nowMs);
        ArrayNode sides = quote.putArray("bbo");
        sides.addObject()
                .put("px", market.bestBid().toPlainString())
                .put("sz", "1.0")
                .put("n", 1);
        sides.addObject()
                .put("px", market.bestAsk().toPlainString())
                .put("sz", "1.0")
                .put("n", 1);
        return quote;
    }

    ObjectNode clearinghouse(String address, long nowMs) {
        Account account = accounts.getOrDefault(address, new Account(address));
        ObjectNode state = JSON.objectNode();
        BigDecimal value = account.raw;
        ArrayNode positions = JSON.arrayNode();
        for (Map.Entry<String, Held> entry : account.held.entrySet()) {
            Market market = markets.get(entry.getKey());
            Held held = entry.getValue();
            BigDecimal notional = held.size.abs().multiply(market.price());
            if (held.raw == null) {
                value = value.add(held.size.multiply(market.price()));
            }
            ObjectNode position = positions.addObject().put("type", "oneWay").putObject("position");
            position.put("coin", entry.getKey())
                    .put("szi", held.size.toPlainString())
                    .put("entryPx", held.entry.toPlainString())
                    .put("positionValue", notional.toPlainString())
                    .put("unrealizedPnl", "0.0")
                    .put("returnOnEquity", "0.0")
                    .put("marginUsed", "1.0")
                    .put("maxLeverage", market.maxLeverage);
            double line = market.mark * (held.size.signum() > 0 ? 0.8 : 1.2);
            position.put(
                    "liquidationPx",
                    new BigDecimal(line).round(new MathContext(12)).toPlainString());
            ObjectNode leverage = position.putObject("leverage")
                    .put("type", held.raw == null ? "cross" : "isolated")
                    .put("value", 5);
            if (held.raw != null) {
                leverage.put("rawUsd", held.raw.toPlainString());
            }
        }
        ObjectNode summary = JSON.objectNode()
                .put("accountValue", value.toPlainString())
                .put("totalNtlPos", "0.0")
                .put("totalRawUsd", account.raw.toPlainString())
                .put("totalMarginUsed", "0.0");
        state.set("marginSummary", summary);
        state.set("crossMarginSummary", summary);
        state.set("assetPositions", positions);
        return state.put("withdrawable", "0.0").put("time", nowMs);
    }
}
