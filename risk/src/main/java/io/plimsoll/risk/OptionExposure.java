package io.plimsoll.risk;

/**
 * An option position by its greeks: profit since they were taken {@code D (S - S0) + G/2 (S - S0)^2} of the underlying's
 * price S. An approximation near S0, and always marked as modelled; time value and volatility are not in it.
 *
 * <p>Lines are those of the linear position that has the option's delta at the present price.
 *
 * @param delta D: of the whole position, base units; positive gains when the underlying rises
 * @param gamma G: change of delta per unit of price, of the whole position
 * @param underlyingPrice S0: where the greeks hold, quote units, > 0
 * @param table maintenance margin by delta-equivalent notional, quote units
 */
record OptionExposure(double delta, double gamma, double underlyingPrice, MarginTable table) implements Exposure {

    /** Delta at a price of the underlying, base units. */
    double deltaAt(double price) {
        return delta + gamma * (price - underlyingPrice);
    }

    @Override
    public Side side() {
        return delta < 0 ? Side.SHORT : Side.LONG;
    }

    @Override
    public double profit(double price) {
        double move = price - underlyingPrice;
        return move * (delta + gamma * move / 2);
    }

    @Override
    public double maintenance(double price) {
        return table.maintenance(notional(price));
    }

    @Override
    public int tier(double price) {
        return table.tier(notional(price));
    }

    @Override
    public double notional(double price) {
        return Math.abs(deltaAt(price)) * price;
    }

    @Override
    public double liquidationPrice(double rest, double price) {
        double now = deltaAt(price);
        return now == 0 ? LinearMargin.NONE : tangent(price).liquidationPrice(rest, price);
    }

    @Override
    public double priceAtRatio(double level, double rest) {
        throw new UnsupportedOperationException("an option has no fixed lines");
    }

    @Override
    public boolean hasFixedLines(double level) {
        return false;
    }

    @Override
    public double bankruptcyPrice(double rest, double price) {
        double now = deltaAt(price);
        return now == 0 ? LinearMargin.NONE : tangent(price).bankruptcyPrice(rest, price);
    }

    /** The linear position of the same profit and delta at a price. Its entry price may be below zero. */
    private LinearExposure tangent(double price) {
        double now = deltaAt(price);
        return new LinearExposure(now < 0 ? Side.SHORT : Side.LONG, Math.abs(now), price - profit(price) / now, table);
    }

    @Override
    public double profitSway(double price) {
        return (Math.abs(deltaAt(price)) + Math.abs(gamma) * WIDEST_BAND * price) * price;
    }

    @Override
    public double maintenanceSway(double price) {
        // Notional grows by its delta's change as well, twice that of profit at most.
        double farthest =
                (Math.abs(deltaAt(price)) + Math.abs(gamma) * WIDEST_BAND * price) * price * (1 + WIDEST_BAND);
        return table.steepestUpTo(farthest)
                * (Math.abs(deltaAt(price)) + Math.abs(gamma) * (1 + WIDEST_BAND) * price)
                * price;
    }

    @Override
    public double low(double price, double band) {
        return price * (1 - band);
    }

    @Override
    public double high(double price, double band) {
        return price * (1 + band);
    }
}
