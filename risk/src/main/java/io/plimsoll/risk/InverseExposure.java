package io.plimsoll.risk;

/**
 * An inverse contract: a fixed face value in the quote asset, everything else in the coin that it settles in. Profit
 * {@code s K (1/e - 1/p)}, maintenance margin by notional {@code K / p}.
 *
 * <p>In {@code 1/p} this is a linear contract of size K on the other side, and is computed as that: its liquidation price
 * is {@code K (m + s) / (W + c + s K/e)}.
 */
record InverseExposure(LinearExposure mirrored) implements Exposure {

    /**
     * An inverse position.
     *
     * @param faceValue K, quote units, > 0
     * @param entryPrice e, quote units per coin, > 0
     * @param table maintenance margin, coins
     */
    static InverseExposure of(Side side, double faceValue, double entryPrice, MarginTable table) {
        return new InverseExposure(new LinearExposure(side.opposite(), faceValue, 1 / entryPrice, table));
    }

    @Override
    public Side side() {
        return mirrored.side().opposite();
    }

    @Override
    public double profit(double price) {
        return mirrored.profit(1 / price);
    }

    @Override
    public double maintenance(double price) {
        return mirrored.maintenance(1 / price);
    }

    @Override
    public int tier(double price) {
        return mirrored.tier(1 / price);
    }

    @Override
    public double notional(double price) {
        return mirrored.notional(1 / price);
    }

    @Override
    public double liquidationPrice(double rest, double price) {
        return 1 / mirrored.liquidationPrice(rest, 1 / price);
    }

    @Override
    public double priceAtRatio(double level, double rest) {
        return 1 / mirrored.priceAtRatio(level, rest);
    }

    @Override
    public boolean hasFixedLines(double level) {
        return mirrored.hasFixedLines(level);
    }

    @Override
    public double bankruptcyPrice(double rest, double price) {
        return 1 / mirrored.bankruptcyPrice(rest, 1 / price);
    }

    @Override
    public double profitSway(double price) {
        return mirrored.profitSway(1 / price);
    }

    @Override
    public double maintenanceSway(double price) {
        return mirrored.maintenanceSway(1 / price);
    }

    @Override
    public double low(double price, double band) {
        return 1 / mirrored.high(1 / price, band);
    }

    @Override
    public double high(double price, double band) {
        return 1 / mirrored.low(1 / price, band);
    }
}
