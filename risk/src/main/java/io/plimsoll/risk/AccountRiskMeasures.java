package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account at present prices. Money in US dollars.
 *
 * @param equityUsd cash without haircuts, isolated margins and unrealised profit; may be negative
 * @param marginEquityUsd the same after haircuts: what counts as margin
 * @param maintenanceUsd maintenance margin of all positions; 0 for a loan
 * @param marginRatio of the pool nearest to its line, requirement / backing, 1 is the line; of a loan 1 / health factor;
 *     the venue's own where that is used; null where backing is not above 0
 * @param grossNotionalUsd sum of notionals, of a loan the value of its collateral
 * @param netNotionalUsd sum over underlyings of the absolute net notional (commitment method, Article 8 AIFMD Level 2)
 * @param grossLeverage gross notional / equity; null where equity is not above 0
 * @param netLeverage net notional / equity; null where equity is not above 0
 * @param commonShock smallest common move of all prices that liquidates a pool, fraction, negative is a fall; 0 past the
 *     line; null where none does
 * @param crossEfficiency what the account must hold as it is / what it would as single isolated positions, each of which
 *     has to cover its own loss: 0 to 1, 1 is no benefit; null without positions
 * @param positions in the account's order
 * @param coins balances whose value follows a price
 * @param source how its numbers were obtained
 */
public record AccountRiskMeasures(
        double equityUsd,
        double marginEquityUsd,
        double maintenanceUsd,
        @Nullable Double marginRatio,
        double grossNotionalUsd,
        double netNotionalUsd,
        @Nullable Double grossLeverage,
        @Nullable Double netLeverage,
        @Nullable Double commonShock,
        @Nullable Double crossEfficiency,
        List<PositionRisk> positions,
        List<CoinRisk> coins,
        NumberSource source) {

    /**
     * Measures an account.
     *
     * @param pools as {@link MarginAccount#pools} gives them
     * @param prices all known, see {@link MarginPool#isPriced}
     * @param venueRatio the venue's own margin ratio of the account; null where not reported
     * @param tolerance relative difference up to which the venue's liquidation prices confirm ours
     */
    public static AccountRiskMeasures of(
            List<MarginPool> pools, Prices prices, @Nullable Double venueRatio, double tolerance) {
        return new AccountSums(prices, tolerance).with(pools).measures(venueRatio);
    }

    /** What would be taken first, US dollars, >= 0. */
    public double forcedUsd() {
        double sum = 0;
        for (PositionRisk position : positions) {
            sum += position.forcedUsd();
        }
        if (positions.isEmpty()) {
            for (CoinRisk coin : coins) {
                sum += coin.forcedUsd();
            }
        }
        return sum;
    }

    /** Adds the pools up. */
    private static final class AccountSums {
        private final Prices prices;
        private final double tolerance;
        private final List<PositionRisk> positions = new ArrayList<>();
        private final List<CoinRisk> coins = new ArrayList<>();
        private final Map<String, Double> netByUnderlying = new HashMap<>();
        private double equity;
        private double marginEquity;
        private double maintenance;
        private double gross;
        private double separately;
        private double together;
        private double worstRatio;
        private boolean ratioKnown = true;
        private double nearestShock = LinearMargin.NONE;
        private NumberSource source = NumberSource.COMPUTED;

        AccountSums(Prices prices, double tolerance) {
            this.prices = prices;
            this.tolerance = tolerance;
        }

        AccountSums with(List<MarginPool> pools) {
            pools.forEach(this::add);
            return this;
        }

        private void add(MarginPool pool) {
            double unitUsd = pool.unitUsd(prices);
            double poolEquity = pool.equity(prices) * unitUsd;
            double poolMaintenance = pool.maintenance(prices) * unitUsd;
            equity += poolEquity;
            marginEquity += pool.isLoan() ? poolEquity : pool.backing(prices) * unitUsd;
            maintenance += poolMaintenance;
            if (!pool.isMoved()) {
                return;
            }
            addRatio(pool);
            double shock = CommonShock.nearest(pool, prices);
            if (!Double.isNaN(shock) && !(Math.abs(shock) >= Math.abs(nearestShock))) {
                nearestShock = shock;
            }
            double profits = 0;
            List<PositionRisk> risks = PoolRisk.of(pool, prices, tolerance);
            for (PositionRisk risk : risks) {
                addPosition(risk);
                profits += risk.unrealisedUsd();
            }
            together += poolMaintenance + Math.max(0, -profits);
            coins.addAll(PoolRisk.coins(pool, prices));
            if (pool.isLoan()) {
                addLoan(pool);
            }
        }

        private void addRatio(MarginPool pool) {
            double backing = pool.backing(prices);
            double requirement = pool.requirement(prices);
            if (backing > 0) {
                worstRatio = Math.max(worstRatio, requirement / backing);
            } else if (requirement > 0) {
                ratioKnown = false;
            }
        }

        private void addPosition(PositionRisk risk) {
            positions.add(risk);
            gross += risk.notionalUsd();
            separately += risk.maintenanceUsd() + Math.max(0, -risk.unrealisedUsd());
            netByUnderlying.merge(
                    risk.position().contract().underlying(),
                    Math.copySign(risk.notionalUsd(), risk.size()),
                    Double::sum);
            if (risk.source().compareTo(source) > 0) {
                source = risk.source();
            }
        }

        private void addLoan(MarginPool pool) {
            if (pool.requirement(prices) == 0) {
                // Coins that nothing is borrowed against are no leverage.
                return;
            }
            for (Balance balance : pool.held()) {
                double value = balance.quantity() * MarginPool.coinPrice(balance, prices);
                gross += Math.max(0, value);
                netByUnderlying.merge(balance.asset(), value, Double::sum);
            }
        }

        AccountRiskMeasures measures(@Nullable Double venueRatio) {
            boolean venues = venueRatio != null && source != NumberSource.COMPUTED;
            double net = 0;
            for (double one : netByUnderlying.values()) {
                net += Math.abs(one);
            }
            return new AccountRiskMeasures(
                    equity,
                    marginEquity,
                    maintenance,
                    venues ? venueRatio : ratioKnown ? (Double) worstRatio : null,
                    gross,
                    net,
                    perEquity(gross),
                    perEquity(net),
                    Double.isNaN(nearestShock) ? null : (Double) nearestShock,
                    separately == 0 ? null : (Double) (together / separately),
                    positions,
                    coins,
                    venues ? NumberSource.VENUE_REPORTED : source);
        }

        private @Nullable Double perEquity(double notional) {
            return equity > 0 ? (Double) (notional / equity) : null;
        }
    }
}
