package io.plimsoll.oracle;

import io.plimsoll.oracle.PoolRecount.Kind;
import io.plimsoll.schemas.avro.BorrowedAgainst;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.CollateralAsset;
import io.plimsoll.schemas.avro.CollateralLoop;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.CollateralVenue;
import io.plimsoll.schemas.avro.LoopUnwinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What leverage rests on, from scratch: every number of the records by a name of its own, added up pool by pool in doubles.
 * Families are those of the settings' default, as far as the random markets have their assets.
 */
final class CollateralRecount {

    private static final double[] FALLS = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1};

    /** What is added up is rounded to it. */
    private static final double MICRO_DOLLAR = 1e-6;

    /** Of a sum of doubles. */
    private static final double ROUNDING = 1e-12;

    private static final String SYSTEM = "system";

    /** What is owned, or owed below 0, of one asset in a pool, US dollars, and as margin. */
    private record Held(String asset, double usd, double margin) {

        String family() {
            return asset.startsWith("USD") ? "USD" : asset;
        }
    }

    private final Map<String, Map<String, Double>> bySubject = new TreeMap<>();
    private long accounts;
    private long unpriced;
    private long added;

    /** Adds an account that has any pool that a price moves. */
    void add(String venue, AccountRecount account, LatestPrices prices) {
        List<PoolRecount> pools = account.pools();
        if (pools.isEmpty()) {
            return;
        }
        accounts++;
        long missing = pools.stream().filter(pool -> !prices.knows(pool)).count();
        unpriced += missing;
        if (missing > 0) {
            return;
        }
        for (PoolRecount pool : pools) {
            if (pool.kind() == Kind.DOLLARS) {
                addPool(venue, pool, prices);
            } else {
                double usd = pool.cash(false, prices).doubleValue() * settleUnitUsd(pool, prices);
                String asset = pool.positions().get(0).instrument().getSettleAsset();
                hold(venue, new Held(asset, usd, usd));
            }
        }
        addPool(venue, new PoolRecount(Kind.DOLLARS, List.of(), account.idleCash(), List.of()), prices);
    }

    private static double settleUnitUsd(PoolRecount pool, LatestPrices prices) {
        OpenPosition first = pool.positions().get(0);
        double quote = prices.quoteUsd(first).doubleValue();
        return first.isInverse() ? quote * PoolRecount.priceOf(first, prices).doubleValue() : quote;
    }

    private void addPool(String venue, PoolRecount pool, LatestPrices prices) {
        List<Held> held = new ArrayList<>();
        for (Collateral balance : pool.balances()) {
            double usd = balance.getQuantity() * prices.unitPriceUsd(balance).doubleValue();
            held.add(new Held(balance.getAsset(), usd, usd * balance.getCollateralFactor()));
        }
        if (pool.isLoan() && held.stream().noneMatch(its -> its.usd() < 0)) {
            return;
        }
        double owned = held.stream().mapToDouble(its -> Math.max(0, its.usd())).sum();
        for (Held its : held) {
            hold(venue, its);
            for (Held debt : held) {
                if (its.usd() > 0 && debt.usd() < 0) {
                    sum(venue, debt.asset() + " against " + its.asset(), -debt.usd() * its.usd() / owned);
                }
            }
        }
        held.stream().map(Held::family).distinct().forEach(family -> addLoop(venue, family, held, left(pool, prices)));
    }

    private void hold(String venue, Held its) {
        if (its.usd() > 0) {
            sum(venue, "pools of " + its.asset(), 1);
            sum(venue, "owned of " + its.asset(), its.usd());
            sum(venue, "margin of " + its.asset(), its.margin());
            sum(venue, "owned of family " + its.family(), its.usd());
            sum(venue, "owned", its.usd());
            sum(venue, "margin", its.margin());
            sum(SYSTEM, "owned at " + venue, its.usd());
        } else if (its.usd() < 0) {
            sum(venue, "owed of " + its.asset(), -its.usd());
            sum(venue, "owed", -its.usd());
            sum(SYSTEM, "owed at " + venue, -its.usd());
        }
    }

    /** Backing less requirement. */
    private static double left(PoolRecount pool, LatestPrices prices) {
        BigDecimal left = pool.cash(true, prices);
        for (OpenPosition position : pool.positions()) {
            BigDecimal price = PoolRecount.priceOf(position, prices);
            BigDecimal its = position.profitAt(price).subtract(position.maintenanceAt(price));
            left = left.add(its.multiply(pool.unit(position, prices)));
        }
        return left.doubleValue();
    }

    private void addLoop(String venue, String family, List<Held> held, double left) {
        double owned = 0;
        double backing = 0;
        double owed = 0;
        for (Held its : held) {
            if (its.family().equals(family)) {
                owned += Math.max(0, its.usd());
                backing += Math.max(0, its.margin());
                owed += Math.max(0, -its.usd());
            }
        }
        if (owned > 0 && owed > 0) {
            addLoop(venue, family + " loop", owned, Math.min(owned, owed));
            for (double fall : FALLS) {
                if (left <= fall * backing) {
                    addLoop(venue, family + " loop by " + fall, owned, Math.min(owned, owed));
                }
            }
        }
    }

    private void addLoop(String venue, String name, double collateral, double debt) {
        sum(venue, name + ", loans", 1);
        sum(venue, name + ", collateral", collateral);
        sum(venue, name + ", debt", debt);
    }

    private void sum(String subject, String name, double value) {
        added++;
        bySubject.computeIfAbsent(subject, none -> new TreeMap<>()).merge(name, value, Double::sum);
        if (!subject.equals(SYSTEM)) {
            sum(SYSTEM, name, value);
        }
    }

    /** A line for each number that is wrong. */
    List<String> differences(Map<String, CollateralState> last) {
        List<String> lines = new ArrayList<>();
        Map<String, Map<String, Double>> expected = new TreeMap<>(bySubject);
        last.keySet().forEach(subject -> expected.putIfAbsent(subject.replace("venue:", ""), Map.of()));
        expected.forEach((subject, sums) -> {
            String key = subject.equals(SYSTEM) ? SYSTEM : "venue:" + subject;
            CollateralState state = last.get(key);
            if (state == null) {
                lines.add(key + ": nothing was published");
            } else {
                compare(lines, key, sums, state);
            }
        });
        return lines;
    }

    private void compare(List<String> lines, String key, Map<String, Double> sums, CollateralState state) {
        if (state.getAccounts() != accounts || state.getPoolsUnpriced() != unpriced) {
            lines.add(key + ": expected " + accounts + " accounts, " + unpriced + " unpriced pools, actual " + state);
        }
        Map<String, Double> actual = sumsOf(state);
        double rounding = MICRO_DOLLAR * added
                + ROUNDING * sums.values().stream().mapToDouble(sum -> sum).sum();
        sums.forEach((name, sum) -> check(lines, key + ", " + name, sum, actual.remove(name), rounding));
        actual.forEach((name, sum) -> check(lines, key + ", " + name, 0, sum, rounding));
        double owned = sums.getOrDefault("owned", 0.0);
        double owed = sums.getOrDefault("owed", 0.0);
        checkShare(
                lines,
                key + ", concentration",
                squares(sums, "owned of ", "family "),
                owned * owned,
                state.getConcentration());
        checkShare(
                lines,
                key + ", family concentration",
                squares(sums, "owned of family ", "none"),
                owned * owned,
                state.getFamilyConcentration());
        for (CollateralAsset asset : state.getAssets()) {
            checkShare(lines, key + ", share of " + asset.getAsset(), asset.getOwnedUsd(), owned, asset.getShare());
        }
        for (CollateralVenue venue : state.getVenues()) {
            checkShare(
                    lines, key + ", share of " + venue.getVenue(), venue.getCollateralUsd(), owned, venue.getShare());
        }
        for (CollateralLoop loop : state.getLoops()) {
            String name = key + ", " + loop.getFamily() + " loop";
            checkShare(lines, name + ", share of debt", loop.getDebtUsd(), owed, loop.getShareOfDebt());
            checkShare(
                    lines,
                    name + ", multiplier",
                    loop.getCollateralUsd(),
                    loop.getCollateralUsd() - loop.getDebtUsd(),
                    loop.getMultiplier());
        }
    }

    private static double squares(Map<String, Double> sums, String beginning, String butNot) {
        return sums.entrySet().stream()
                .filter(sum ->
                        sum.getKey().startsWith(beginning) && !sum.getKey().startsWith(beginning + butNot))
                .mapToDouble(sum -> sum.getValue() * sum.getValue())
                .sum();
    }

    private static Map<String, Double> sumsOf(CollateralState state) {
        Map<String, Double> sums = new TreeMap<>();
        sums.put("owned", state.getCollateralUsd());
        sums.put("margin", state.getMarginUsd());
        sums.put("owed", state.getDebtUsd());
        for (CollateralAsset asset : state.getAssets()) {
            String name = asset.getAsset();
            sums.put("pools of " + name, (double) asset.getPools());
            sums.put("owned of " + name, asset.getOwnedUsd());
            sums.put("margin of " + name, asset.getMarginUsd());
            sums.put("owed of " + name, asset.getOwedUsd());
            sums.merge("owned of family " + asset.getFamily(), asset.getOwnedUsd(), Double::sum);
        }
        for (CollateralVenue venue : state.getVenues()) {
            sums.put("owned at " + venue.getVenue(), venue.getCollateralUsd());
            sums.put("owed at " + venue.getVenue(), venue.getDebtUsd());
        }
        for (BorrowedAgainst pair : state.getBorrowed()) {
            sums.put(pair.getDebt() + " against " + pair.getCollateral(), pair.getUsd());
        }
        for (CollateralLoop loop : state.getLoops()) {
            String name = loop.getFamily() + " loop";
            put(sums, name, loop.getLoans(), loop.getCollateralUsd(), loop.getDebtUsd());
            for (LoopUnwinding step : loop.getUnwinding()) {
                put(sums, name + " by " + step.getFall(), step.getLoans(), step.getCollateralUsd(), step.getDebtUsd());
            }
        }
        return sums;
    }

    private static void put(Map<String, Double> sums, String name, long loans, double collateral, double debt) {
        sums.put(name + ", loans", (double) loans);
        sums.put(name + ", collateral", collateral);
        sums.put(name + ", debt", debt);
    }

    private static void check(
            Collection<String> lines, String name, double expected, @Nullable Double actual, double rounding) {
        double told = Objects.requireNonNullElse(actual, 0.0);
        if (!(Math.abs(told - expected) <= rounding)) {
            lines.add(name + ": expected " + expected + ", actual " + actual);
        }
    }

    /** A part of a whole; null where there is no whole, or nothing but rounding. */
    private static void checkShare(
            Collection<String> lines, String name, double part, double whole, @Nullable Double actual) {
        if (whole < MICRO_DOLLAR
                ? actual != null
                : actual == null || Math.abs(part / whole - actual) > 1e-6 * part / whole) {
            lines.add(name + ": expected " + part + " / " + whole + ", actual " + actual);
        }
    }
}
