package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The positions of a pool at present prices. */
final class PoolRisk {

    private final MarginPool pool;
    private final Prices prices;
    private final PoolLines lines;
    private final VenueCheck check;
    private final double equityUsd;
    private final double maintenanceUsd;

    private PoolRisk(MarginPool pool, Prices prices, double tolerance) {
        this.pool = pool;
        this.prices = prices;
        this.lines = pool.lines(prices);
        this.check = VenueCheck.of(pool, tolerance);
        this.equityUsd = pool.backing(prices) * pool.unitUsd(prices);
        this.maintenanceUsd = pool.maintenance(prices) * pool.unitUsd(prices);
    }

    static List<PositionRisk> of(MarginPool pool, Prices prices, double tolerance) {
        PoolRisk risk = new PoolRisk(pool, prices, tolerance);
        List<PositionRisk> positions = new ArrayList<>(pool.positions().size());
        for (int i = 0; i < pool.positions().size(); i++) {
            positions.add(risk.position(i));
        }
        return positions;
    }

    private PositionRisk position(int i) {
        OpenPosition open = pool.positions().get(i);
        Contract contract = open.contract();
        Exposure exposure = pool.exposure(i);
        double price = prices.price(open.market());
        double settleUsd = prices.quoteUsd(open.market()) * (contract.shape() == Shape.INVERSE ? price : 1);
        double notionalUsd = exposure.notional(price) * settleUsd;
        OpenPosition.VenueLine line = open.venueLine();
        Double reported = line == null ? null : line.price();
        Double liquidation = reported != null && !check.confirms() ? reported : orNull(lines.liquidationPrice(i));
        VenueModel.ForcedSale sale = contract.model().forcedSale(shortfallAt(liquidation, contract, exposure, price));
        double size = contract.baseUnits(open.lots(), price);
        return new PositionRisk(
                open,
                size,
                notionalUsd,
                exposure.profit(price) * settleUsd,
                exposure.maintenance(price) * settleUsd,
                equityUsd > 0 ? (Double) (notionalUsd / equityUsd) : null,
                exposure.tier(price),
                liquidation,
                orNull(lines.bankruptcyPrice(i)),
                liquidation == null ? null : (Double) ((liquidation - price) / price),
                reported,
                orNull(check.difference(i)),
                sale.mode(),
                Math.abs(size) * sale.share(),
                notionalUsd * sale.share(),
                source(reported, contract));
    }

    private NumberSource source(@Nullable Double reported, Contract contract) {
        if (reported != null && !check.confirms()) {
            return NumberSource.VENUE_REPORTED;
        }
        return contract.shape() == Shape.OPTION ? NumberSource.MODELLED : NumberSource.COMPUTED;
    }

    static List<CoinRisk> coins(MarginPool pool, Prices prices) {
        List<CoinRisk> coins = new ArrayList<>(pool.coins().size());
        for (int i = 0; i < pool.coins().size(); i++) {
            coins.add(coin(pool, i, prices));
        }
        return coins;
    }

    private static CoinRisk coin(MarginPool pool, int i, Prices prices) {
        Balance balance = pool.coins().get(i);
        double price = MarginPool.coinPrice(balance, prices);
        double value = balance.quantity() * price;
        Double liquidation = orNull(pool.liquidationPriceOfCoin(i, prices));
        VenueModel.ForcedSale sale = VenueModel.ForcedSale.WHOLE;
        double forced = Math.max(0, value);
        if (pool.isLoan()) {
            double debt = pool.requirement(prices);
            boolean past = pool.backing(prices) < debt;
            sale = pool.model()
                    .forcedSale(new VenueModel.Shortfall(value, past ? pool.backing(prices) : debt, debt, 0, 0));
            if (sale.mode() == LiquidationMode.CLOSE_FACTOR && forced > 0) {
                // A share of the debt. Whoever repays it chooses the collateral: shared out by value, so that it adds
                // up.
                forced *= Math.min(1, sale.share() * debt / collateral(pool, prices));
            }
        }
        return new CoinRisk(
                balance,
                value,
                liquidation,
                liquidation == null ? null : (Double) ((liquidation - price) / price),
                sale.mode(),
                forced);
    }

    private static double collateral(MarginPool pool, Prices prices) {
        double sum = 0;
        for (Balance coin : pool.coins()) {
            sum += Math.max(0, coin.quantity()) * MarginPool.coinPrice(coin, prices);
        }
        return sum;
    }

    /** The position as it will be on its line; past it, as it is now. */
    private VenueModel.Shortfall shortfallAt(
            @Nullable Double line, Contract contract, Exposure exposure, double price) {
        boolean past = equityUsd < maintenanceUsd;
        double at = past || line == null ? price : line;
        double settleUsd = contract.shape() == Shape.INVERSE ? at : 1;
        int tier = exposure.tier(at);
        return new VenueModel.Shortfall(
                exposure.notional(at) * settleUsd,
                past ? equityUsd : maintenanceUsd,
                maintenanceUsd,
                tier,
                tier < 2 ? 0 : contract.table().ceiling(tier - 2) * settleUsd);
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
