package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * What must be known of an instrument to margin a position in it.
 *
 * @param market venue:symbol; one string for all positions of the market
 * @param underlying asset whose price it follows; positions in the same one net each other
 * @param settleAsset asset that profit is paid in
 * @param lotSize lots: of base units, or of face value where inverse
 * @param settleDecimals decimals of the smallest amount of the settle asset that is counted, 0 to 12
 * @param table maintenance margin, quote units where linear, coins where inverse
 * @param ratePerUnit maintenance rate that each base unit of size adds, >= 0
 * @param model its venue's rules
 */
public record Contract(
        String market,
        String underlying,
        String settleAsset,
        Shape shape,
        LotSize lotSize,
        int settleDecimals,
        MarginTable table,
        double ratePerUnit,
        VenueModel model) {

    /** Decimals of a settle asset that is a dollar or a stablecoin. */
    public static final int DOLLAR_DECIMALS = MicroUsd.DECIMALS;

    /** The exposure of a position. */
    Exposure exposure(Side side, double size, double entryPrice, @Nullable Double ownMaxLeverage) {
        MarginTable positions = table.forPosition(ownMaxLeverage);
        if (shape == Shape.INVERSE) {
            MarginTable coins = model.table(positions.growingWithNotional(ratePerUnit), size / entryPrice);
            return InverseExposure.of(side, size, entryPrice, coins);
        }
        MarginTable sized = model.table(positions.plusRate(ratePerUnit * size), size * entryPrice);
        return new LinearExposure(side, size, entryPrice, sized);
    }

    /**
     * Value of lots at a price, in the smallest counted amounts of the settle asset, rounded half even: lots x price
     * where linear, lots / price where inverse. The sign is that of the lots.
     *
     * @throws ArithmeticException where it does not fit a long
     */
    public long settleAmount(long lots, double price) {
        return shape == Shape.INVERSE
                ? lotSize.dividedBy(lots, price, settleDecimals)
                : lotSize.times(lots, price, settleDecimals);
    }

    /** Lots as base units at a price; signed. */
    public double baseUnits(long lots, double price) {
        double size = lotSize.size(lots);
        return shape == Shape.INVERSE ? size / price : size;
    }

    /**
     * Value of lots in US dollars: at the mark price, of an inverse contract their face. The sign is that of the lots.
     *
     * @param markPrice quote units per base unit, > 0
     * @param quoteUsd US dollars per unit of the quote asset, > 0
     * @return micro-dollars
     * @throws ArithmeticException beyond +-9.2e12 USD
     */
    public long notionalMicroUsd(long lots, double markPrice, double quoteUsd) {
        if (shape == Shape.INVERSE) {
            return lotSize.times(lots, quoteUsd, MicroUsd.DECIMALS);
        }
        long microQuote = lotSize.notionalMicroUsd(lots, markPrice);
        return quoteUsd == 1 ? microQuote : DecimalRounding.product(microQuote, 0, quoteUsd, 0);
    }

    /** The counted amounts as units of the settle asset, to the nearest double. */
    public double settleUnits(long amount) {
        return DecimalRounding.scaled(amount, -settleDecimals);
    }

    /**
     * Units of the settle asset as counted amounts, rounded half even.
     *
     * @throws ArithmeticException where it does not fit a long
     */
    public long settleAmountOf(double units) {
        return DecimalRounding.integer(units, settleDecimals);
    }
}
