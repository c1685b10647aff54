package io.plimsoll.risk.scenario;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.cascade.DepthImpact;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.MarketImpact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Markets, a shock and accounts that share collateral across the markets; every account beside its plain numbers. */
final class RandomSystem {

    private static final double[][] TIERS = {{0, 0.005}, {50_000, 0.01}, {250_000, 0.025}};
    private static final LotSize LOTS = new LotSize(4, 1);

    final List<ScenarioMarket> markets = new ArrayList<>();
    final List<ScenarioAccount> accounts = new ArrayList<>();
    final List<PlainPool> plain = new ArrayList<>();
    final ScenarioTerms scenario;
    private final Random random;
    private final List<Contract> contracts = new ArrayList<>();

    RandomSystem(long seed) {
        random = new Random(seed);
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            String market = "v" + i % 2 + ":M" + i;
            double price = Math.exp(random.nextDouble() * 10);
            markets.add(new ScenarioMarket(market, "M" + i, LOTS, price, 1, impact(price), impact(price)));
            contracts.add(contract(market, "M" + i));
        }
        Map<String, Double> shocks = new HashMap<>();
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) > 0) {
                shocks.put("M" + i, 0.25 * (random.nextDouble() - 0.6));
            }
        }
        Map<String, Double> cuts = new HashMap<>();
        if (random.nextInt(3) == 0) {
            cuts.put("USDE", random.nextDouble());
            cuts.put("M0", random.nextDouble() / 2);
        }
        Set<String> removed = random.nextInt(3) == 0 ? Set.of("v0:a0", "v1:a7") : Set.of();
        scenario =
                new ScenarioTerms(shocks, random.nextInt(2) == 0 ? 1 : 0.1 + 0.9 * random.nextDouble(), cuts, removed);
        int size = 30 + random.nextInt(120);
        for (int i = 0; i < size; i++) {
            addAccount(i);
        }
    }

    private Impact impact(double price) {
        // 0.4 to 5 percent for a hundred thousand dollars.
        double volume = 100_000 / price;
        if (random.nextInt(3) == 0) {
            return book(volume * (0.5 + 4 * random.nextDouble()));
        }
        double move = Math.exp(-5.5 + 2.5 * random.nextDouble());
        double power = random.nextInt(3) == 0 ? 0.5 : 1;
        double capacity = random.nextInt(4) == 0 ? volume * (1 + 100 * random.nextDouble()) : Double.POSITIVE_INFINITY;
        return new TestImpact(move / StrictMath.pow(volume, power), power, capacity);
    }

    /** Bands of a book as a venue reports it, carried on to where a fall of 30 % is. */
    private Impact book(double perPercent) {
        double first = perPercent * random.nextDouble();
        double[] volumes = {first, first + perPercent, first + perPercent * (1 + 3 * random.nextDouble())};
        return DepthImpact.carriedOn(new double[] {0.005, 0.02, 0.05}, volumes, MarketImpact.REACH);
    }

    private static Contract contract(String market, String underlying) {
        List<Tier> tiers = new ArrayList<>();
        for (double[] tier : TIERS) {
            tiers.add(new Tier(tier[0], tier[1], null, null));
        }
        return new Contract(
                market, underlying, "USDC", Shape.LINEAR, LOTS, 6, MarginTable.of(tiers), 0, VenueModel.HYPERLIQUID);
    }

    private void addAccount(int number) {
        String venue = "v" + random.nextInt(2);
        String key = venue + ":a" + number;
        List<Balance> balances = new ArrayList<>();
        List<OpenPosition> positions = new ArrayList<>();
        PlainPool pool = new PlainPool(key, TIERS);
        if (random.nextInt(6) == 0) {
            addLoan(balances, pool);
        } else {
            addCross(balances, positions, pool);
        }
        MarginAccount account = new MarginAccount(positions, balances, VenueModel.AAVE_V3);
        if (!scenario.removedAccounts().contains(key)) {
            accounts.add(ScenarioAccount.of(key, venue, account, null, 0.01, scenario));
            plain.add(pool);
        }
    }

    private void addLoan(List<Balance> balances, PlainPool pool) {
        ScenarioMarket market = markets.get(0);
        double quantity = Math.round(10_000 * 200_000 * random.nextDouble() / market.price()) / 10_000.0 + 1;
        double debt = Math.rint(quantity * market.price() * 0.75 * (0.6 + 0.4 * random.nextDouble()));
        balances.add(new Balance("M0", market.market(), quantity, 0.8, market.price()));
        balances.add(new Balance("USDC", null, -debt, 1, 1));
        pool.loan = true;
        pool.cash = -debt;
        pool.coin(0, quantity, 0.8, 1 - scenario.cutOf("M0"));
    }

    private void addCross(List<Balance> balances, List<OpenPosition> positions, PlainPool pool) {
        double gross = 0;
        boolean mostlyLong = random.nextInt(3) > 0;
        for (int market = 0; market < markets.size(); market++) {
            if (random.nextInt(markets.size()) > 1) {
                continue;
            }
            double price = markets.get(market).price();
            double entry = price * (0.95 + 0.1 * random.nextDouble());
            long lots = 1 + (long) (10_000 * Math.exp(6 + 5 * random.nextDouble()) / price);
            lots = random.nextInt(5) > 0 == mostlyLong ? lots : -lots;
            Contract contract = contracts.get(market);
            positions.add(new OpenPosition(
                    contract, lots, entry, contract.settleAmount(Math.abs(lots), entry), null, null, null, 0));
            pool.position(market, lots, entry);
            gross += Math.abs(lots) / 1e4 * price;
        }
        if (positions.isEmpty()) {
            return;
        }
        double profit = pool.equity(startPrices(), startPrices());
        double cash = Math.rint(gross * (0.02 + 0.2 * random.nextDouble()) - profit);
        if (random.nextInt(4) == 0) {
            balances.add(new Balance("USDE", null, cash, 0.9, 1));
            double worth = cash > 0 ? 1 - scenario.cutOf("USDE") : 1;
            pool.cash = cash * worth;
            pool.margin = cash > 0 ? 0.9 * cash * worth : cash;
        } else {
            balances.add(new Balance("USDC", null, cash, 1, 1));
            pool.cash = cash;
            pool.margin = cash;
        }
        if (random.nextInt(4) == 0) {
            double quantity = Math.ceil(10_000 * 0.05 * gross / markets.get(0).price()) / 10_000;
            balances.add(new Balance(
                    "M0", markets.get(0).market(), quantity, 0.9, markets.get(0).price()));
            pool.coin(0, quantity, 0.9, 1 - scenario.cutOf("M0"));
        }
    }

    double[] startPrices() {
        return markets.stream().mapToDouble(ScenarioMarket::price).toArray();
    }
}
