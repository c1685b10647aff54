package io.plimsoll.risk.survey;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.LinearImpact;
import io.plimsoll.risk.cascade.SquareRootImpact;
import io.plimsoll.risk.dependence.AssetFamilies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Venues, markets and accounts at random, every account beside its plain numbers. */
final class World {

    static final LotSize LOTS = new LotSize(4, 1);
    private static final double TOLERANCE = 0.01;

    /** An account as a survey takes it. */
    record Member(String key, String venue, MarginAccount account) {

        List<WatchedPool> watched() {
            return WatchedPool.all(account.pools(), null, TOLERANCE);
        }
    }

    final Random random;
    final List<String> markets = new ArrayList<>();
    final Map<String, MarketTerms> terms = new HashMap<>();
    final List<Member> members = new ArrayList<>();
    final List<PlainAccount> plain = new ArrayList<>();
    double[] prices;
    private final List<Contract> contracts = new ArrayList<>();
    private final int perps;
    private final int coinMarket;
    private final int peggedMarket;

    /** Perpetuals of two venues, an inverse contract, a coin and a stablecoin with markets of their own. */
    World(long seed) {
        this(seed, true);
    }

    /**
     * @param odd whether venue lines, loans, inverse and isolated positions, and idle cash are among them
     */
    World(long seed, boolean odd) {
        random = new Random(seed);
        perps = 2 + random.nextInt(5);
        int count = perps + 3;
        prices = new double[count];
        for (int i = 0; i < count; i++) {
            boolean inverse = i == perps;
            prices[i] = i == perps + 2 ? 0.9995 : Math.exp(random.nextDouble() * 10);
            String base = i < perps ? "M" + i / 2 : i == perps + 2 ? "USDX" : "C";
            String market = i <= perps ? "v" + i % 2 + ":P" + i : "v0:" + base;
            markets.add(market);
            LotSize lots = inverse ? new LotSize(0, 1) : LOTS;
            Shape shape = inverse ? Shape.INVERSE : Shape.LINEAR;
            contracts.add(new Contract(
                    market,
                    base,
                    inverse ? "C" : "USDC",
                    shape,
                    lots,
                    inverse ? 8 : 6,
                    MarginTable.of(List.of(new Tier(0, rate(i), null, null))),
                    0,
                    inverse ? VenueModel.BINANCE_COINM : VenueModel.HYPERLIQUID));
            terms.put(
                    market,
                    new MarketTerms(
                            market,
                            base,
                            lots,
                            shape,
                            prices[i],
                            1,
                            impact(inverse ? 1 : prices[i]),
                            impact(inverse ? 1 : prices[i]),
                            i > perps ? 0 : 1e5 * (1 + random.nextInt(100))));
        }
        coinMarket = perps + 1;
        peggedMarket = perps + 2;
        int size = 40 + random.nextInt(160);
        for (int i = 0; i < size; i++) {
            add("a" + i, "v" + random.nextInt(2), odd);
        }
    }

    private static double rate(int market) {
        return 0.005 * (1 + market % 4);
    }

    private @Nullable Impact impact(double unitUsd) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        double volume = 200_000 / unitUsd;
        double move = Math.exp(-5.5 + 2.5 * random.nextDouble());
        return random.nextInt(3) == 0
                ? new SquareRootImpact(1, move, volume, volume / 100)
                : LinearImpact.through(volume, move);
    }

    private void add(String key, String venue, boolean odd) {
        PlainAccount its = new PlainAccount(venue);
        List<Balance> balances = new ArrayList<>();
        List<OpenPosition> positions = new ArrayList<>();
        int kind = odd ? random.nextInt(8) : 7;
        if (kind == 0) {
            addLoan(balances, its);
        } else if (kind == 1) {
            addInverse(balances, positions, its);
        } else if (kind == 2) {
            addIsolated(balances, positions, its);
        } else {
            addCross(balances, positions, its, kind == 3);
        }
        if (!its.pools.isEmpty()) {
            members.add(new Member(key, venue, new MarginAccount(positions, balances, VenueModel.AAVE_V3)));
            plain.add(its);
        }
    }

    private void addLoan(List<Balance> balances, PlainAccount its) {
        PlainAccount.Pool pool = new PlainAccount.Pool();
        double quantity = 1 + Math.round(1e4 * 200_000 * random.nextDouble() / prices[coinMarket]) / 1e4;
        double debt = Math.rint(quantity * prices[coinMarket] * 0.8 * (0.5 + 0.55 * random.nextDouble()));
        balances.add(new Balance("C", markets.get(coinMarket), quantity, 0.8, prices[coinMarket]));
        pool.items.add(PlainAccount.Item.coin(coinMarket, quantity, 0.8, false));
        if (random.nextBoolean()) {
            balances.add(new Balance("USDC", null, -debt, 1, 1));
            pool.cash = -debt;
        } else {
            double owed = Math.rint(1e4 * debt / prices[peggedMarket]) / 1e4;
            balances.add(new Balance("USDX", markets.get(peggedMarket), -owed, 1, 1, true, null));
            pool.items.add(PlainAccount.Item.coin(peggedMarket, -owed, 1, true));
        }
        its.pools.add(pool);
    }

    private void addInverse(List<Balance> balances, List<OpenPosition> positions, PlainAccount its) {
        PlainAccount.Pool pool = new PlainAccount.Pool();
        double price = prices[perps];
        double entry = price * (0.95 + 0.1 * random.nextDouble());
        long lots = (random.nextBoolean() ? 1 : -1) * (1 + random.nextInt(200_000));
        double held = Math.rint(1e8
                        * Math.abs(lots)
                        / price
                        * (0.02 + (random.nextBoolean() ? 0.1 : 1.2) * random.nextDouble()))
                / 1e8;
        positions.add(position(contracts.get(perps), lots, entry, null, null));
        balances.add(new Balance("C", markets.get(coinMarket), held, 1, prices[coinMarket]));
        pool.items.add(PlainAccount.Item.inverse(perps, lots, entry, rate(perps)));
        pool.cash = held;
        its.pools.add(pool);
    }

    private void addIsolated(List<Balance> balances, List<OpenPosition> positions, PlainAccount its) {
        for (int market = 0; market < perps; market += 1 + random.nextInt(3)) {
            PlainAccount.Pool pool = new PlainAccount.Pool();
            double entry = prices[market] * (0.98 + 0.04 * random.nextDouble());
            long lots = lots(market, random.nextBoolean());
            long margin = (long) (1e6 * Math.abs(lots) / 1e4 * prices[market] * (0.03 + 0.3 * random.nextDouble()));
            positions.add(position(contracts.get(market), lots, entry, margin, null));
            pool.items.add(PlainAccount.Item.linear(market, lots, entry, rate(market)));
            pool.cash = margin / 1e6;
            its.pools.add(pool);
        }
        if (random.nextBoolean()) {
            PlainAccount.Pool idle = new PlainAccount.Pool();
            idle.cash = 1000;
            balances.add(new Balance("USDC", null, 1000, 1, 1));
            its.pools.add(idle);
        }
    }

    private void addCross(
            List<Balance> balances, List<OpenPosition> positions, PlainAccount its, boolean linesOfVenue) {
        PlainAccount.Pool pool = new PlainAccount.Pool();
        boolean mostlyLong = random.nextInt(3) > 0;
        double gross = 0;
        for (int market = 0; market < perps; market++) {
            if (random.nextInt(perps) > 1) {
                continue;
            }
            double entry = prices[market] * (0.95 + 0.1 * random.nextDouble());
            long lots = lots(market, random.nextInt(5) > 0 == mostlyLong);
            Double line = linesOfVenue
                    ? (Double) (prices[market] * (1 + (lots > 0 ? -0.3 : 0.5) * (random.nextDouble() - 0.02)))
                    : null;
            positions.add(position(contracts.get(market), lots, entry, null, line));
            PlainAccount.Item item = PlainAccount.Item.linear(market, lots, entry, rate(market));
            item.line = line == null ? 0 : line;
            pool.items.add(item);
            gross += Math.abs(lots) / 1e4 * prices[market];
        }
        if (pool.items.isEmpty()) {
            return;
        }
        if (pool.items.size() == 1) {
            // One that can be compared: its line would have to be far from ours to count.
            pool.items.get(0).line = 0;
            OpenPosition own = positions.get(0);
            positions.set(0, position(own.contract(), own.lots(), own.entryPrice(), null, null));
        }
        double profit = pool.surplus(prices);
        pool.cash = Math.rint(gross * (0.005 + (random.nextBoolean() ? 0.1 : 0.5) * random.nextDouble()) - profit);
        balances.add(new Balance("USDC", null, pool.cash, 1, 1));
        if (random.nextInt(4) == 0) {
            double quantity = Math.ceil(1e4 * 0.2 * gross / prices[coinMarket]) / 1e4;
            balances.add(new Balance("C", markets.get(coinMarket), quantity, 0.9, prices[coinMarket]));
            pool.items.add(PlainAccount.Item.coin(coinMarket, quantity, 0.9, false));
        }
        if (random.nextInt(4) == 0) {
            double quantity = Math.ceil(1e4 * 0.2 * gross) / 1e4;
            balances.add(new Balance("USDX", markets.get(peggedMarket), quantity, 0.9, 1, true, null));
            pool.items.add(PlainAccount.Item.coin(peggedMarket, quantity, 0.9, true));
        }
        its.pools.add(pool);
    }

    private long lots(int market, boolean isLong) {
        long lots = 1 + (long) (1e4 * Math.exp(6 + 5 * random.nextDouble()) / prices[market]);
        return isLong ? lots : -lots;
    }

    private static OpenPosition position(
            Contract contract, long lots, double entry, @Nullable Long isolated, @Nullable Double line) {
        return new OpenPosition(
                contract,
                lots,
                entry,
                contract.settleAmount(Math.abs(lots), entry),
                isolated,
                null,
                line == null ? null : new OpenPosition.VenueLine(line, null),
                0);
    }

    /** How many perpetuals there are; the market of that number is the inverse one. */
    int perpsCount() {
        return perps;
    }

    Prices board() {
        return new Prices() {
            @Override
            public double price(String market) {
                int number = markets.indexOf(market);
                return number < 0 ? Double.NaN : prices[number];
            }

            @Override
            public double quoteUsd(String market) {
                return 1;
            }
        };
    }

    Survey survey() {
        return new Survey(board(), market -> LOTS, AssetFamilies.DEFAULT);
    }

    /** All accounts in one slice. */
    SurveySum surveyed() {
        Survey survey = survey();
        members.forEach(member -> survey.add(member.venue(), member.watched()));
        return survey.sum();
    }
}
