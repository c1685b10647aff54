package io.plimsoll.oracle;

import io.plimsoll.oracle.PoolRecount.Kind;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.NumberSource;
import io.plimsoll.schemas.avro.PositionRisk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One account at present prices, from scratch, held against what the program last wrote of it. */
final class AccountRiskRecount {

    private static final double WATCH = 0.5;
    private static final double MARGIN_CALL = 0.8;
    private static final double ENDS_BELOW = 0.95;

    /** Of sums and prices that the program computes in doubles, relative to the terms that were added. */
    private static final double ROUNDING = 1e-9;

    /** Of the common shock, which both find by halving. */
    private static final double OF_DISTANCE = 1e-6;

    /** Here each balance is rounded to it; the program rounds those alone whose price does not move. */
    private static final double MICRO_DOLLAR = 1e-6;

    private static final double BARELY_BACKED = 1e4;

    /** One pool in doubles, US dollars but for the ratio. */
    private record Measured(double backing, double requirement, double equity, double maintenance, double terms) {}

    private final List<PoolRecount> pools;
    private final List<Collateral> idleCash;
    private final LatestPrices prices;
    private final @Nullable Double venueRatio;
    private final List<String> lines = new ArrayList<>();
    private MarginCallState least = MarginCallState.OK;
    private MarginCallState most = MarginCallState.OK;
    private boolean onALine;

    AccountRiskRecount(
            List<PoolRecount> pools, List<Collateral> idleCash, LatestPrices prices, @Nullable Double venueRatio) {
        this.pools = pools;
        this.idleCash = idleCash;
        this.prices = prices;
        this.venueRatio = venueRatio;
    }

    /**
     * What is wrong with the last record, a line each. Nothing is said of an account with a price missing, which keeps the
     * state it had, nor of one within rounding of a line.
     */
    List<String> differences(@Nullable AccountRisk actual) {
        if (!pools.stream().allMatch(prices::knows)) {
            return List.of();
        }
        pools.forEach(this::addState);
        if (onALine) {
            return List.of();
        }
        MarginCallState state = actual == null ? MarginCallState.OK : actual.getState();
        if (state.compareTo(least) < 0 || state.compareTo(most) > 0) {
            return List.of("state: expected " + least + " to " + most + ", actual " + state);
        }
        if (actual != null && state != MarginCallState.OK) {
            compare(actual);
        }
        return lines;
    }

    private boolean isComputed(PoolRecount pool) {
        boolean option = pool.positions().stream().anyMatch(OpenPosition::isOption);
        boolean venues = pool.positions().stream().anyMatch(VenueLinesRecount.of(pool)::isUsedFor);
        return !venues && !(option && venueRatio != null);
    }

    private void addState(PoolRecount pool) {
        if (!isComputed(pool)) {
            double ratio = venueRatio == null ? 0 : venueRatio;
            boolean crossed = pool.positions().stream().anyMatch(this::isPastVenueLine);
            add(crossed || ratio > 1 ? MarginCallState.LIQUIDATABLE : null, ratio);
            return;
        }
        Measured its = measured(pool, 1);
        double rounding = ROUNDING * its.terms();
        onALine |= its.terms() > 0
                && (Math.abs(its.backing() - its.requirement()) < rounding && its.backing() != its.requirement()
                        || its.backing() < its.requirement() && Math.abs(its.equity()) < rounding);
        MarginCallState fact = its.equity() < 0
                ? MarginCallState.BANKRUPT
                : its.backing() < its.requirement() ? MarginCallState.LIQUIDATABLE : null;
        add(fact, its.requirement() == 0 ? 0 : its.requirement() / its.backing());
    }

    private boolean isPastVenueLine(OpenPosition position) {
        Double line = position.position().getVenueLiquidationPrice();
        double price = PoolRecount.priceOf(position, prices).doubleValue();
        return line != null && (position.isLong() ? price <= line : price >= line);
    }

    private void add(@Nullable MarginCallState fact, double ratio) {
        MarginCallState begun = fact != null ? fact : stateAt(ratio * (1 - ROUNDING));
        MarginCallState notEnded = fact != null ? fact : stateAt(ratio / ENDS_BELOW * (1 + ROUNDING));
        least = least.compareTo(begun) < 0 ? begun : least;
        most = most.compareTo(notEnded) < 0 ? notEnded : most;
    }

    private static MarginCallState stateAt(double ratio) {
        return ratio >= MARGIN_CALL
                ? MarginCallState.MARGIN_CALL
                : ratio >= WATCH ? MarginCallState.WATCH : MarginCallState.OK;
    }

    /** Of the pool when all its prices are multiplied; in dollars. */
    private Measured measured(PoolRecount pool, double factor) {
        BigDecimal times = Exact.decimal(factor);
        PriceView view = new PriceView() {
            @Override
            public @Nullable BigDecimal price(OpenPosition position) {
                return PoolRecount.priceOf(position, prices).multiply(times);
            }

            @Override
            public BigDecimal quoteUsd(OpenPosition position) {
                return prices.quoteUsd(position);
            }

            @Override
            public BigDecimal unitPriceUsd(Collateral balance) {
                BigDecimal price = prices.unitPriceUsd(balance);
                return pool.coins().contains(balance) ? price.multiply(times) : price;
            }
        };
        double unit = pool.isLoan() ? 1 : unitUsd(pool);
        double owed = 0;
        double terms = 0;
        for (Collateral balance : pool.balances()) {
            double usd = balance.getQuantity()
                    * (pool.kind() == Kind.DOLLARS ? view.unitPriceUsd(balance).doubleValue() : unit);
            owed += Math.max(0, -usd);
            terms += Math.abs(usd);
        }
        double cash = pool.cash(false, view).doubleValue() * unit;
        double margin = pool.cash(true, view).doubleValue() * unit;
        terms += Math.abs(cash);
        double maintenance = 0;
        double profit = 0;
        for (OpenPosition position : pool.positions()) {
            BigDecimal price = PoolRecount.priceOf(position, view);
            double its = pool.unit(position, view).doubleValue() * unit;
            maintenance += position.maintenanceAt(price).doubleValue() * its;
            profit += position.profitAt(price).doubleValue() * its;
            terms += (position.notionalAt(price).doubleValue()
                            + position.notionalAt(position.entryPrice()).doubleValue())
                    * its;
        }
        return pool.isLoan()
                ? new Measured(margin + owed, owed, cash, 0, terms)
                : new Measured(margin + profit, maintenance, cash + profit, maintenance, terms);
    }

    /** US dollars per unit in which a pool counts: a coin at the price of its first position's market. */
    private double unitUsd(PoolRecount pool) {
        if (pool.kind() == Kind.DOLLARS) {
            return 1;
        }
        OpenPosition first = pool.positions().get(0);
        double quote = prices.quoteUsd(first).doubleValue();
        return first.isInverse() ? quote * PoolRecount.priceOf(first, prices).doubleValue() : quote;
    }

    private void compare(AccountRisk actual) {
        double equity = 0;
        double marginEquity = 0;
        double maintenance = 0;
        double gross = 0;
        double terms = 0;
        double together = 0;
        double separately = 0;
        Double ratio = 0.0;
        Double nearest = null;
        NumberSource source = NumberSource.COMPUTED;
        Map<String, Double> net = new HashMap<>();
        for (PoolRecount pool : pools) {
            Measured its = measured(pool, 1);
            equity += its.equity();
            marginEquity += pool.isLoan() ? its.equity() : its.backing();
            maintenance += its.maintenance();
            terms += its.terms();
            ratio = ratio == null || its.backing() <= 0 && its.requirement() > 0
                    ? null
                    : Double.valueOf(Math.max(ratio, its.requirement() == 0 ? 0 : its.requirement() / its.backing()));
            Double shock = nearestShock(pool);
            nearest = nearest == null || shock != null && Math.abs(shock) < Math.abs(nearest) ? shock : nearest;
            double profits = 0;
            for (OpenPosition position : pool.positions()) {
                BigDecimal price = PoolRecount.priceOf(position, prices);
                double unit = positionUnitUsd(position);
                double notional = position.notionalAt(price).doubleValue() * unit;
                double profit = position.profitAt(price).doubleValue() * unit;
                double its1 = position.maintenanceAt(price).doubleValue() * unit;
                gross += notional;
                profits += profit;
                separately += its1 + Math.max(0, -profit);
                net.merge(position.instrument().getBaseAsset(), position.isLong() ? notional : -notional, Double::sum);
                source = max(source, sourceOf(pool, position));
            }
            together += its.maintenance() + Math.max(0, -profits);
            if (pool.isLoan() && its.requirement() > 0) {
                for (Collateral balance : pool.balances()) {
                    double usd =
                            balance.getQuantity() * prices.unitPriceUsd(balance).doubleValue();
                    gross += Math.max(0, usd);
                    net.merge(balance.getAsset(), usd, Double::sum);
                }
            }
        }
        for (Collateral balance : idleCash) {
            double usd = balance.getQuantity() * balance.getUnitPriceUsd();
            equity += usd;
            marginEquity += usd;
            terms += Math.abs(usd);
        }
        boolean venues = venueRatio != null && source != NumberSource.COMPUTED;
        double balances = idleCash.size()
                + pools.stream().mapToInt(pool -> pool.balances().size()).sum();
        double rounding = ROUNDING * terms + MICRO_DOLLAR * balances;
        check("equityUsd", equity, actual.getEquityUsd(), rounding);
        check("marginEquityUsd", marginEquity, actual.getMarginEquityUsd(), rounding);
        check("maintenanceMarginUsd", maintenance, actual.getMaintenanceMarginUsd(), rounding);
        check("grossNotionalUsd", gross, actual.getGrossNotionalUsd(), rounding);
        check(
                "netNotionalUsd",
                net.values().stream().mapToDouble(Math::abs).sum(),
                actual.getNetNotionalUsd(),
                rounding);
        if (equity > 1e-3 * terms) {
            check("grossLeverage", gross / equity, actual.getGrossLeverage(), 1e-5 * gross / equity);
        }
        // Where backing is as good as zero, rounding decides whether there is a ratio at all.
        Double told = actual.getMarginRatio();
        if (venues || ratio != null && ratio < BARELY_BACKED || ratio == null && told != null && told < BARELY_BACKED) {
            Double wanted = venues ? venueRatio : ratio;
            check(
                    "marginRatio",
                    wanted,
                    actual.getMarginRatio(),
                    wanted == null ? 0 : 1e-6 * Math.max(1, wanted) * Math.max(1, wanted));
        }
        check("distance", nearest, actual.getDistance(), OF_DISTANCE);
        check(
                "crossEfficiency",
                separately == 0 ? null : Double.valueOf(together / separately),
                actual.getCrossEfficiency(),
                1e-6);
        if (actual.getSource() != (venues ? NumberSource.VENUE_REPORTED : source)) {
            lines.add("source: expected " + source + ", actual " + actual.getSource());
        }
        comparePositions(actual);
        compareCarry(actual, venues ? NumberSource.VENUE_REPORTED : source);
    }

    private void compareCarry(AccountRisk actual, NumberSource source) {
        CarryRecount carry = new CarryRecount(prices);
        for (PoolRecount pool : pools) {
            Measured its = measured(pool, 1);
            double left = its.backing() - its.requirement();
            carry.add(pool, left, positionUnits(pool), its.terms());
        }
        idleCash.forEach(carry::addIdle);
        lines.addAll(carry.differences(actual, source != NumberSource.VENUE_REPORTED));
    }

    /** US dollars per settle unit of each position. */
    private double[] positionUnits(PoolRecount pool) {
        return pool.positions().stream().mapToDouble(this::positionUnitUsd).toArray();
    }

    private double positionUnitUsd(OpenPosition position) {
        double quote = prices.quoteUsd(position).doubleValue();
        return position.isInverse()
                ? quote * PoolRecount.priceOf(position, prices).doubleValue()
                : quote;
    }

    private NumberSource sourceOf(PoolRecount pool, OpenPosition position) {
        if (VenueLinesRecount.of(pool).isUsedFor(position)) {
            return NumberSource.VENUE_REPORTED;
        }
        return position.isOption() ? NumberSource.MODELLED : NumberSource.COMPUTED;
    }

    private static NumberSource max(NumberSource one, NumberSource other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private void comparePositions(AccountRisk actual) {
        Map<String, PositionRisk> bySymbol = new HashMap<>();
        actual.getPositions().forEach(risk -> bySymbol.put(risk.getSymbol(), risk));
        double forced = 0;
        boolean forcedKnown = true;
        for (PoolRecount pool : pools) {
            for (OpenPosition position : pool.positions()) {
                PositionRisk risk = bySymbol.remove(position.symbol());
                if (risk == null) {
                    lines.add(position.symbol() + ": expected a position, actual none");
                    continue;
                }
                comparePosition(pool, position, risk);
                MarginModel model = position.instrument().getMarginModel();
                double notional = position.notionalAt(PoolRecount.priceOf(position, prices))
                                .doubleValue()
                        * positionUnitUsd(position);
                forcedKnown &= model == MarginModel.GENERIC;
                forced += notional;
            }
            forcedKnown &= !pool.isLoan();
        }
        bySymbol.keySet().forEach(symbol -> lines.add(symbol + ": expected no position, actual one"));
        if (forcedKnown) {
            check("forcedNotionalUsd", forced, actual.getForcedNotionalUsd(), ROUNDING * forced);
        }
    }

    private void comparePosition(PoolRecount pool, OpenPosition position, PositionRisk risk) {
        BigDecimal price = PoolRecount.priceOf(position, prices);
        double unit = positionUnitUsd(position);
        double notional = position.notionalAt(price).doubleValue() * unit;
        double entry = position.notionalAt(position.entryPrice()).doubleValue() * unit;
        String symbol = position.symbol() + " ";
        VenueLinesRecount venue = VenueLinesRecount.of(pool);
        check(symbol + "notionalUsd", notional, risk.getNotionalUsd(), ROUNDING * notional);
        check(
                symbol + "unrealisedUsd",
                position.profitAt(price).doubleValue() * unit,
                risk.getUnrealisedUsd(),
                ROUNDING * (notional + entry));
        check(
                symbol + "maintenanceMarginUsd",
                position.maintenanceAt(price).doubleValue() * unit,
                risk.getMaintenanceMarginUsd(),
                ROUNDING * notional);
        if (!position.isOption() && position.tierAt(price) != risk.getTier()) {
            lines.add(symbol + "tier: expected " + position.tierAt(price) + ", actual " + risk.getTier());
        }
        Placement line = venue.isUsedFor(position)
                ? Placement.at(Objects.requireNonNull(position.position().getVenueLiquidationPrice()))
                : pool.liquidation(position, prices);
        checkLine(symbol + "liquidationPrice", line, risk.getLiquidationPrice());
        checkLine(symbol + "bankruptcyPrice", pool.bankruptcy(position, prices), risk.getBankruptcyPrice());
        Double difference = venue.differences().get(position.symbol());
        check(
                symbol + "venueDifference",
                difference,
                risk.getVenueDifference(),
                difference == null ? 0 : 1e-6 * Math.max(1, difference));
    }

    private void checkLine(String name, Placement expected, @Nullable Double actual) {
        if (actual == null || expected.price() == null) {
            if ((actual == null) != (expected.price() == null) && !expected.isUncertain() && !expected.mayBeNone()) {
                lines.add(name + ": expected " + expected.price() + ", actual " + actual);
            }
        } else if (!expected.isUncertain()) {
            check(
                    name,
                    expected.price().doubleValue(),
                    actual,
                    1e-3 * expected.price().doubleValue());
        }
    }

    private void check(String name, @Nullable Double expected, @Nullable Double actual, double allowed) {
        if (expected == null || actual == null
                ? expected != null || actual != null
                : !(Math.abs(expected - actual) <= allowed)) {
            lines.add(name + ": expected " + expected + ", actual " + actual);
        }
    }

    /** The smallest common move of the pool's prices to its line, with its sign; null: none. */
    private @Nullable Double nearestShock(PoolRecount pool) {
        if (surplus(pool, 1) < 0) {
            return 0.0;
        }
        Double fall = crossing(pool, 1, 1e-9);
        Double rise = crossing(pool, 1, 10);
        if (fall == null || rise == null) {
            return fall == null ? rise : fall;
        }
        return Math.abs(fall) <= rise ? fall : rise;
    }

    private double surplus(PoolRecount pool, double factor) {
        Measured its = measured(pool, factor);
        return its.backing() - its.requirement();
    }

    private @Nullable Double crossing(PoolRecount pool, double safe, double far) {
        if (surplus(pool, far) >= 0) {
            return null;
        }
        double inside = safe;
        double outside = far;
        for (int i = 0; i < 40; i++) {
            double middle = (inside + outside) / 2;
            if (surplus(pool, middle) < 0) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return outside - 1;
    }
}
