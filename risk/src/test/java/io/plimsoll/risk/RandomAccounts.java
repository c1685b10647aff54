package io.plimsoll.risk;

import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.linear;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Accounts of one pool that are near their line often, with tiers near where their positions are. */
final class RandomAccounts {

    private static final double[] RATES = {0.004, 0.0125, 0.025, 0.05, 0.1, 0.25};

    private final Random random;

    RandomAccounts(long seed) {
        this.random = new Random(seed);
    }

    /**
     * An account with what brute force needs of it.
     *
     * @param tiersByMarket margin tables as stated
     */
    record Sample(
            List<OpenPosition> positions,
            Map<String, List<Tier>> tiersByMarket,
            List<Balance> balances,
            PriceBoard prices) {

        MarginPool pool() {
            return Holdings.pool(positions, balances.toArray(new Balance[0]));
        }

        BruteForcePool bruteForce() {
            return new BruteForcePool(this);
        }
    }

    Random random() {
        return random;
    }

    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** Most equity per gross notional: half of the accounts are never far from their line. */
    private double roomy() {
        return random.nextBoolean() ? 0.06 : 0.4;
    }

    private double magnitude(double lowest, double highest) {
        return Math.pow(10, between(lowest, highest));
    }

    private static double rounded(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    /** Rising tiers, some of their floors near a notional. */
    List<Tier> tiers(double notional) {
        List<Tier> tiers = new ArrayList<>();
        int first = random.nextInt(3);
        int count = 1 + random.nextInt(RATES.length - first - 1);
        double floor = 0;
        for (int i = 0; i < count; i++) {
            tiers.add(new Tier(floor, RATES[first + i], null, null));
            floor = floor == 0 ? notional * between(0.2, 1.2) : floor * between(1.05, 2);
        }
        return tiers;
    }

    /** Linear positions of one or more markets, cash, coins with haircuts, debts, and quote assets off their peg. */
    Sample linearAccount(int mostPositions, int mostCoins) {
        Map<String, List<Tier>> tiers = new HashMap<>();
        List<OpenPosition> positions = new ArrayList<>();
        PriceBoard prices = PriceBoard.EMPTY;
        double gross = 0;
        int count = 1 + random.nextInt(mostPositions);
        for (int i = 0; i < count; i++) {
            String symbol = "P" + i;
            double price = magnitude(-1, 5);
            double notional = magnitude(2, 6);
            double quoteUsd = random.nextBoolean() ? 1 : rounded(between(0.98, 1.02), 4);
            tiers.put("venue:" + symbol, tiers(notional));
            Contract contract = linear(VenueModel.GENERIC, symbol, MarginTable.of(tiers.get("venue:" + symbol)));
            double size = (random.nextBoolean() ? 1 : -1) * notional / price;
            positions.add(Holdings.cross(contract, size, price * between(0.8, 1.25)));
            prices = prices.with(symbol, price).withQuote(symbol, quoteUsd);
            gross += notional;
        }
        List<Balance> balances = new ArrayList<>();
        int coins = random.nextInt(mostCoins + 1);
        for (int i = 0; i < coins; i++) {
            String asset = "C" + i;
            double price = magnitude(-1, 4);
            double value = gross * between(-0.15, 0.25);
            balances.add(new Balance(asset, "venue:" + asset, value / price, rounded(between(0.5, 1), 2), price));
            prices = prices.with(asset, price);
        }
        double loss = 0;
        for (OpenPosition position : positions) {
            loss -= position.exposure().profit(prices.price(position.market()));
        }
        double cash = rounded(loss + gross * between(-0.02, roomy()), 2);
        balances.add(new Balance("USDC", null, cash, rounded(between(0.95, 1), 2), 1));
        balances.add(new Balance("USDT", null, rounded(gross * between(-0.02, 0.02), 2), 0.98, 0.999));
        return new Sample(positions, tiers, balances, prices);
    }

    /** Inverse positions that settle in one coin. */
    Sample inverseAccount(int mostPositions) {
        Map<String, List<Tier>> tiers = new HashMap<>();
        List<OpenPosition> positions = new ArrayList<>();
        PriceBoard prices = PriceBoard.EMPTY;
        double spot = magnitude(0, 5);
        double coins = 0;
        double profit = 0;
        int count = 1 + random.nextInt(mostPositions);
        for (int i = 0; i < count; i++) {
            String symbol = "BTC-" + i;
            double price = spot * between(0.97, 1.05);
            double face = Math.rint(magnitude(3, 7));
            tiers.put("venue:" + symbol, tiers(face / price));
            Contract contract =
                    inverse(VenueModel.BINANCE_COINM, symbol, "BTC", MarginTable.of(tiers.get("venue:" + symbol)), 0);
            OpenPosition position =
                    Holdings.cross(contract, random.nextBoolean() ? face : -face, price * between(0.8, 1.25));
            positions.add(position);
            prices = prices.with(symbol, price);
            coins += face / price;
            profit += position.exposure().profit(price);
        }
        double cash = rounded(-profit + coins * between(-0.02, roomy()), 8);
        return new Sample(positions, tiers, List.of(Holdings.cash("BTC", cash)), prices);
    }

    /** An account of one isolated position, linear or inverse. */
    Sample isolated() {
        Sample cross = random.nextBoolean() ? linearAccount(1, 0) : inverseAccount(1);
        OpenPosition position = cross.positions().get(0);
        double price = cross.prices().price(position.market());
        Exposure exposure = position.exposure();
        double margin = -exposure.profit(price) + exposure.notional(price) * between(-0.05, 0.9);
        OpenPosition isolated = Holdings.isolated(
                position.contract(),
                position.lots() / Math.pow(10, position.contract().lotSize().decimals()),
                position.entryPrice(),
                margin);
        return new Sample(List.of(isolated), cross.tiersByMarket(), List.of(), cross.prices());
    }
}
