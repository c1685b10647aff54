package io.plimsoll.risk;

import java.util.List;

/**
 * What shares one collateral: an isolated position with its margin, the cross positions of an account, or a loan. It is
 * safe while its backing covers its requirement; both are sums of functions of one price each, so that this is a
 * half-space in the space of prices.
 *
 * <p>A pool of the whole account counts in US dollars, one of a settle asset in units of that asset.
 */
public final class MarginPool {

    private final List<OpenPosition> positions;
    private final Exposure[] exposures;
    private final List<Balance> coins;
    private final List<Balance> held;
    private final PoolCash cash;
    private final boolean inUsd;
    private final VenueModel model;
    private final boolean hedges;

    /**
     * A pool.
     *
     * @param positions those that share it
     * @param coins balances whose value follows a price
     * @param held all balances that it counts in US dollars, coins too
     * @param cash the other balances
     * @param inUsd whether it counts in US dollars
     * @param model rules of its venue
     */
    MarginPool(
            List<OpenPosition> positions,
            List<Balance> coins,
            List<Balance> held,
            PoolCash cash,
            boolean inUsd,
            VenueModel model) {
        this.positions = positions;
        this.exposures = new Exposure[positions.size()];
        for (int i = 0; i < exposures.length; i++) {
            exposures[i] = positions.get(i).exposure();
        }
        this.coins = coins;
        this.held = held;
        this.cash = cash;
        this.inUsd = inUsd;
        this.model = model;
        this.hedges = hedges(positions);
    }

    private static boolean hedges(List<OpenPosition> positions) {
        for (int i = 1; i < positions.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (positions.get(i).market().equals(positions.get(j).market())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether two of its positions are in one market. */
    boolean hasHedges() {
        return hedges;
    }

    /** The positions that share it. */
    public List<OpenPosition> positions() {
        return positions;
    }

    /** The exposure of a position. */
    public Exposure exposure(int position) {
        return exposures[position];
    }

    /** Balances whose value follows a price. */
    public List<Balance> coins() {
        return coins;
    }

    /** All balances that it counts in US dollars, coins too. */
    public List<Balance> held() {
        return held;
    }

    /** Whether it counts in US dollars; else in the asset that its positions settle in. */
    public boolean countsInUsd() {
        return inUsd;
    }

    /** The asset that its positions settle in; of a pool that does not count in US dollars. */
    public String settleAsset() {
        return positions.get(0).contract().settleAsset();
    }

    /** What it holds without profits, in its own unit; below 0 is owed. */
    public double settleCash() {
        return cash.equity();
    }

    /** Rules of its venue. */
    public VenueModel model() {
        return model;
    }

    /** A loan: collateral and debts without a contract. */
    public boolean isLoan() {
        return positions.isEmpty();
    }

    /** Whether all prices that it needs are known. */
    public boolean isPriced(Prices prices) {
        for (OpenPosition position : positions) {
            if (Double.isNaN(prices.price(position.market()))) {
                return false;
            }
        }
        for (Balance coin : coins) {
            if (Double.isNaN(coinPrice(coin, prices))) {
                return false;
            }
        }
        return true;
    }

    /** Whether any price moves it; else it is idle cash, and has no state. */
    public boolean isMoved() {
        return movers() > 0;
    }

    /** How many prices move it: with one, its lines are fixed. */
    int movers() {
        return exposures.length + coins.size();
    }

    /** Cash without haircuts, unrealised profits and coins; what is left for the owner. In the pool's unit. */
    public double equity(Prices prices) {
        double sum = cash.equity();
        for (int i = 0; i < exposures.length; i++) {
            sum += profit(i, prices);
        }
        for (Balance coin : coins) {
            sum += coin.quantity() * coinPrice(coin, prices);
        }
        return sum;
    }

    /** Maintenance margin of its positions, in the pool's unit. */
    public double maintenance(Prices prices) {
        double sum = 0;
        for (int i = 0; i < exposures.length; i++) {
            sum += maintenance(i, prices);
        }
        return sum;
    }

    /** What counts as margin: equity after haircuts; of a loan its collateral at liquidation thresholds. */
    public double backing(Prices prices) {
        double sum = isLoan() ? cash.heldMargin() : cash.margin();
        for (int i = 0; i < exposures.length; i++) {
            sum += profit(i, prices);
        }
        for (Balance coin : coins) {
            if (!isLoan() || coin.quantity() > 0) {
                sum += coin.quantity() * coin.marginFactor() * coinPrice(coin, prices);
            }
        }
        return sum;
    }

    /** What it must cover: maintenance margin; of a loan its debt. */
    public double requirement(Prices prices) {
        if (!isLoan()) {
            return maintenance(prices);
        }
        double debt = cash.debt();
        for (Balance coin : coins) {
            if (coin.quantity() < 0) {
                debt -= coin.quantity() * coinPrice(coin, prices);
            }
        }
        return debt;
    }

    /** Backing less requirement; the pool is liquidatable where it is below 0. */
    public double surplus(Prices prices) {
        return backing(prices) - requirement(prices);
    }

    double profit(int i, Prices prices) {
        return unit(i, prices) * exposures[i].profit(prices.price(market(i)));
    }

    double maintenance(int i, Prices prices) {
        return unit(i, prices) * exposures[i].maintenance(prices.price(market(i)));
    }

    /** Value of one of the settle units of a position in the pool's unit. */
    double unit(int i, Prices prices) {
        return inUsd ? prices.quoteUsd(market(i)) : 1;
    }

    /** US dollars per unit of an asset as its balance's record says; 1 where none is held. */
    double recordedUsd(String asset) {
        for (Balance balance : held) {
            if (balance.asset().equals(asset)) {
                return balance.unitPriceUsd();
            }
        }
        return 1;
    }

    private String market(int i) {
        return positions.get(i).market();
    }

    /** A coin's price, or what its record says where none is known yet. */
    static double knownCoinPrice(Balance coin, Prices prices) {
        double price = coinPrice(coin, prices);
        return Double.isNaN(price) ? coin.unitPriceUsd() : price;
    }

    /** US dollars per unit of what is held or owed; NaN where it follows a price that is not known. */
    public static double coinPrice(Balance coin, Prices prices) {
        String market = coin.market();
        return market == null ? coin.unitPriceUsd() : prices.price(market) * prices.quoteUsd(market);
    }

    /** The liquidation and bankruptcy prices of its positions. */
    public PoolLines lines(Prices prices) {
        return PoolLines.of(this, prices);
    }

    PoolCash cash() {
        return cash;
    }

    /** Price of a coin in US dollars at which the pool is liquidated if only that price moves; NONE where none does. */
    public double liquidationPriceOfCoin(int coin, Prices prices) {
        Balance balance = coins.get(coin);
        double perUnit = balance.quantity() * balance.marginFactor();
        if (perUnit == 0) {
            return LinearMargin.NONE;
        }
        double price = coinPrice(balance, prices) - surplus(prices) / perUnit;
        return price > 0 ? price : LinearMargin.NONE;
    }

    /** US dollars per unit in which the pool counts. */
    public double unitUsd(Prices prices) {
        if (inUsd || positions.isEmpty()) {
            return 1;
        }
        OpenPosition first = positions.get(0);
        double quote = prices.quoteUsd(first.market());
        return first.contract().shape() == Shape.INVERSE ? prices.price(first.market()) * quote : quote;
    }

    /**
     * How much the gap {@code level x backing - requirement} changes at most while every price stays within a band, per
     * unit of band; the gap itself is {@link #gap}.
     */
    double sway(double level, Prices prices) {
        double sum = 0;
        for (int i = 0; i < exposures.length; i++) {
            double price = prices.price(market(i));
            sum += unit(i, prices) * (level * exposures[i].profitSway(price) + exposures[i].maintenanceSway(price));
        }
        for (Balance coin : coins) {
            double weight = isLoan() && coin.quantity() < 0 ? 1 : level * coin.marginFactor();
            sum += Math.abs(coin.quantity()) * weight * coinPrice(coin, prices);
        }
        return sum;
    }

    /** How far the requirement is from being a given share of the backing; below 0 it is more than that share. */
    double gap(double level, Prices prices) {
        return level * backing(prices) - requirement(prices);
    }

    /** The same as {@link #sway} for equity. */
    double equitySway(Prices prices) {
        double sum = 0;
        for (int i = 0; i < exposures.length; i++) {
            sum += unit(i, prices) * exposures[i].profitSway(prices.price(market(i)));
        }
        for (Balance coin : coins) {
            sum += Math.abs(coin.quantity()) * coinPrice(coin, prices);
        }
        return sum;
    }
}
