package io.plimsoll.risk;

/**
 * A linear contract: profit {@code s q (p - e)}, maintenance margin by notional {@code q p}.
 *
 * @param side of the position
 * @param quantity base units, > 0
 * @param entryPrice quote units, > 0
 * @param table maintenance margin, quote units
 */
record LinearExposure(Side side, double quantity, double entryPrice, MarginTable table) implements Exposure {

    @Override
    public double profit(double price) {
        return side.sign() * quantity * (price - entryPrice);
    }

    @Override
    public double maintenance(double price) {
        return table.maintenance(quantity * price);
    }

    @Override
    public int tier(double price) {
        return table.tier(quantity * price);
    }

    @Override
    public double notional(double price) {
        return quantity * price;
    }

    @Override
    public double liquidationPrice(double rest, double price) {
        return LinearMargin.liquidationPrice(side, quantity, entryPrice, rest, table);
    }

    @Override
    public double priceAtRatio(double level, double rest) {
        return LinearMargin.liquidationPrice(side, quantity, entryPrice, rest, table.times(1 / level));
    }

    @Override
    public boolean hasFixedLines(double level) {
        return table.isContinuous() && table.curvature() == 0 && table.steepestUpTo(Double.MAX_VALUE) < level;
    }

    @Override
    public double bankruptcyPrice(double rest, double price) {
        return LinearMargin.bankruptcyPrice(side, quantity, entryPrice, rest);
    }

    @Override
    public double profitSway(double price) {
        return quantity * price;
    }

    @Override
    public double maintenanceSway(double price) {
        double notional = quantity * price;
        return table.steepestUpTo(notional * (1 + WIDEST_BAND)) * notional;
    }

    @Override
    public double low(double price, double band) {
        double low = price * (1 - band);
        return table.isContinuous() ? low : Math.max(low, table.floor(tier(price)) / quantity);
    }

    @Override
    public double high(double price, double band) {
        double high = price * (1 + band);
        return table.isContinuous() ? high : Math.min(high, table.ceiling(tier(price)) / quantity);
    }
}
