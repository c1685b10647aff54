package io.plimsoll.risk;

/**
 * The leverage of a position as one number that no price changes: the price at which its own equity, which is the cash
 * attributed to it and its profit, is nothing. At a price p that equity is the share {@code d (1 - line / p)} of its
 * notional, and its leverage is one over the share; d is 1 for a linear long and -1 for a linear short.
 *
 * <p>An inverse contract is linear in coins per quote unit. There the line is such a price, p is 1 / mark, and d is the
 * other way round.
 *
 * <p>The line of an account's only position is its bankruptcy price. A long whose equity exceeds its notional at any
 * price has a line below 0.
 *
 * <p>Lines are kept in cells of the ladder's width: the share is known to within {@link #SHARE_ERROR} x |line / p|.
 */
public final class EquityLine {

    /** Half a cell: how far a line is from its cell's middle at most, as a fraction of the middle. */
    public static final double SHARE_ERROR = StrictMath.expm1(PriceGrid.LADDER.width() / 2);

    private static final double SMALLEST = 1e-12;
    private static final double LARGEST = 1e12;

    /** Lines below 0 have the cells from here down: below all cells of lines above 0, and in the order of lines. */
    private static final int BELOW_ZERO = -(1 << 16);

    private EquityLine() {}

    /**
     * The line of a position.
     *
     * @param cashMicroUsd cash in US dollars attributed to it
     * @param settleCash cash in its settle asset attributed to it, counted amounts
     * @param quoteUsd US dollars per unit of the quote asset, > 0
     * @return quote units per base unit, of an inverse contract coins per quote unit; may be negative
     */
    static double of(OpenPosition position, long cashMicroUsd, long settleCash, double quoteUsd) {
        Contract contract = position.contract();
        double cash = contract.settleUnits(settleCash) + MicroUsd.toUsd(cashMicroUsd) / quoteUsd;
        double entry = contract.settleUnits(position.entryAmount());
        return (entry - direction(position.side(), contract.shape()) * cash) / position.quantity();
    }

    /** 1 where equity rises with the price in which lines are, -1 where it falls. */
    public static int direction(Side side, Shape shape) {
        return shape == Shape.INVERSE ? -side.sign() : side.sign();
    }

    /**
     * The price to hold lines against.
     *
     * @param markPrice quote units per base unit, > 0
     */
    public static double price(double markPrice, Shape shape) {
        return shape == Shape.INVERSE ? 1 / markPrice : markPrice;
    }

    /** Number of the cell of a line; cells are in the order of lines. */
    static int cell(double line) {
        int cell = PriceGrid.LADDER.cell(Math.max(SMALLEST, Math.min(LARGEST, Math.abs(line))));
        return line < 0 ? BELOW_ZERO - cell : cell;
    }

    /** Middle of a cell; may be negative. */
    public static double middle(int cell) {
        return cell < BELOW_ZERO / 2 ? -PriceGrid.LADDER.middle(BELOW_ZERO - cell) : PriceGrid.LADDER.middle(cell);
    }
}
