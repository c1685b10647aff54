package io.plimsoll.connectors.aave;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a subgraph of the tests holds: reserves whose indexes grow, borrowers with scaled balances, liquidation calls. Moves
 * by a seeded random walk and writes itself in the form of the subgraph's schema. Knows nothing of the connector.
 */
final class SubgraphState {

    static final double YEAR_S = 31_536_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final BigDecimal RAY = BigDecimal.TEN.pow(27);

    static final class Pool {

        final String id;
        final String symbol;
        final int decimals;
        final int threshold;
        final String eMode;
        double price;
        double liquidityIndex = 1.0423;
        double borrowIndex = 1.0871;
        double liquidityRate = 0.021;
        double borrowRate = 0.034;
        long updatedS;

        Pool(String id, String symbol, int decimals, int threshold, String eMode, double price) {
            this.id = id;
            this.symbol = symbol;
            this.decimals = decimals;
            this.threshold = threshold;
            this.eMode = eMode;
            this.price = price;
        }

        /** Whoever does something with it brings its indexes up to now. */
        void touch(long nowS) {
            double years = (nowS - updatedS) / YEAR_S;
            liquidityIndex *= 1 + liquidityRate * years;
            borrowIndex *= Math.exp(borrowRate * years);
            updatedS = nowS;
        }
    }

    static final class Holding {

        BigInteger supplied = BigInteger.ZERO;
        BigInteger owed = BigInteger.ZERO;
        boolean isCollateral = true;
    }

    static final class User {

        final String id;
        String eMode;
        final Map<String, Holding> held = new LinkedHashMap<>();

        User(String id) {
            this.id = id;
        }

        boolean owes() {
            return held.values().stream().anyMatch(holding -> holding.owed.signum() > 0);
        }
    }

    final Map<String, Pool> pools = new LinkedHashMap<>();
    final TreeMap<String, User> users = new TreeMap<>();
    final List<ObjectNode> calls = new ArrayList<>();

    private final Random random;

    SubgraphState(long seed, int userCount, long nowS) {
        random = new Random(seed);
        List.of(
                        new Pool("0xc02a-p", "WETH", 18, 8300, "1", 2123.71),
                        new Pool("0x7f39-p", "wstETH", 18, 8100, "1", 2610.5),
                        new Pool("0x2260-p", "WBTC", 8, 7800, null, 66375.25),
                        new Pool("0xa0b8-p", "USDC", 6, 7800, null, 1.0001),
                        new Pool("0x40d1-p", "GHO", 18, 0, null, 0.9991))
                .forEach(pool -> {
                    pool.updatedS = nowS - 3_600;
                    pools.put(pool.id, pool);
                });
        for (int i = 0; i < userCount; i++) {
            String id = "0x%08x%032x".formatted(random.nextInt(), i);
            User user = new User(id);
            users.put(id, user);
            act(user, nowS);
        }
    }

    void movePrices() {
        pools.values().forEach(pool -> pool.price *= 1 + 0.001 * random.nextGaussian());
    }

    /** Some users do something. */
    void act(int count, long nowS) {
        List<User> all = List.copyOf(users.values());
        for (int i = 0; i < count; i++) {
            act(all.get(random.nextInt(all.size())), nowS);
        }
    }

    private void act(User user, long nowS) {
        if (random.nextInt(6) == 0) {
            // All debts are paid.
            user.held.values().forEach(holding -> holding.owed = BigInteger.ZERO);
            return;
        }
        user.eMode = random.nextInt(3) == 0 ? "1" : null;
        user.held.clear();
        List<Pool> all = List.copyOf(pools.values());
        for (int i = 0; i < 3; i++) {
            Pool pool = all.get(random.nextInt(all.size()));
            pool.touch(nowS);
            Holding holding = user.held.computeIfAbsent(pool.id, id -> new Holding());
            BigInteger amount = new BigDecimal(1 + random.nextInt(1_000_000), new java.math.MathContext(12))
                    .movePointLeft(3)
                    .divide(BigDecimal.valueOf(pool.price), 12, java.math.RoundingMode.DOWN)
                    .movePointRight(pool.decimals)
                    .toBigInteger();
            if (i == 0 || random.nextBoolean()) {
                holding.owed = amount.divide(BigInteger.TWO);
            } else {
                holding.supplied = amount;
            }
            holding.isCollateral = random.nextInt(5) > 0;
        }
    }

    /** Someone's collateral is taken. */
    void liquidate(long nowS) {
        List<User> borrowers = users.values().stream()
                .filter(user ->
                        user.owes() && user.held.values().stream().anyMatch(holding -> holding.supplied.signum() > 0))
                .toList();
        User user = borrowers.get(random.nextInt(borrowers.size()));
        Map.Entry<String, Holding> taken = user.held.entrySet().stream()
                .filter(entry -> entry.getValue().supplied.signum() > 0)
                .findFirst()
                .orElseThrow();
        Pool pool = pools.get(taken.getKey());
        pool.touch(nowS);
        BigInteger half = taken.getValue().supplied.divide(BigInteger.TWO).max(BigInteger.ONE);
        taken.getValue().supplied = taken.getValue().supplied.subtract(half);
        ObjectNode call = JSON.objectNode()
                .put("id", "%08x:%d".formatted(random.nextInt(), calls.size()))
                .put("txHash", "0x%064x".formatted(calls.size()))
                .put("timestamp", nowS)
                .put("collateralAmount", half.toString())
                .put("principalAmount", "12345678")
                .put("collateralAssetPriceUSD", BigDecimal.valueOf(pool.price).toPlainString())
                .put("borrowAssetPriceUSD", "1");
        call.putObject("user").put("id", user.id);
        call.putObject("collateralReserve").put("id", pool.id);
        call.putObject("principalReserve").put("id", "0xa0b8-p");
        calls.add(call);
    }

    ArrayNode reserves() {
        ArrayNode list = JSON.arrayNode();
        for (Pool pool : pools.values()) {
            ObjectNode reserve = list.addObject()
                    .put("id", pool.id)
                    .put("underlyingAsset", pool.id.substring(0, 6))
                    .put("symbol", pool.symbol)
                    .put("decimals", pool.decimals)
                    .put("isActive", true)
                    .put("reserveLiquidationThreshold", Integer.toString(pool.threshold))
                    .put("liquidityIndex", ray(pool.liquidityIndex))
                    .put("variableBorrowIndex", ray(pool.borrowIndex))
                    .put("liquidityRate", ray(pool.liquidityRate))
                    .put("variableBorrowRate", ray(pool.borrowRate))
                    .put("lastUpdateTimestamp", pool.updatedS)
                    .put("aFieldOfNextYear", "x");
            reserve.putObject("price")
                    .put("priceInEth", price(pool).toString())
                    .putObject("oracle")
                    .put("baseCurrencyUnit", "100000000");
            if (pool.eMode == null) {
                reserve.putNull("eMode");
            } else {
                reserve.putObject("eMode").put("id", pool.eMode);
            }
        }
        return list;
    }

    /** As the oracle says it, in hundred millionths of a dollar. */
    static BigInteger price(Pool pool) {
        return BigDecimal.valueOf(pool.price).movePointRight(8).toBigInteger();
    }

    private static String ray(double value) {
        return BigDecimal.valueOf(value).multiply(RAY).toBigInteger().toString();
    }

    ArrayNode borrowers(String after, String before, int first) {
        ArrayNode list = JSON.arrayNode();
        users.subMap(after, false, before, false).values().stream()
                .filter(User::owes)
                .limit(first)
                .forEach(user -> list.add(user(user)));
        return list;
    }

    private static ObjectNode user(User user) {
        ObjectNode node = JSON.objectNode().put("id", user.id);
        if (user.eMode == null) {
            node.putNull("eModeCategoryId");
        } else {
            node.putObject("eModeCategoryId").put("id", user.eMode).put("liquidationThreshold", "9500");
        }
        ArrayNode held = node.putArray("reserves");
        user.held.forEach((id, holding) -> held.addObject()
                .put("usageAsCollateralEnabledOnUser", holding.isCollateral)
                .put("scaledATokenBalance", holding.supplied.toString())
                .put("scaledVariableDebt", holding.owed.toString())
                .put("principalStableDebt", "0")
                .putObject("reserve")
                .put("id", id));
        return node;
    }

    ArrayNode calls(String after, long sinceS, long untilS, int first) {
        ArrayNode list = JSON.arrayNode();
        calls.stream()
                .filter(call -> call.get("timestamp").longValue() >= sinceS
                        && call.get("timestamp").longValue() <= untilS
                        && call.get("id").textValue().compareTo(after) > 0)
                .sorted(java.util.Comparator.comparing(call -> call.get("id").textValue()))
                .limit(first)
                .forEach(list::add);
        return list;
    }
}
