package io.plimsoll.risk;

/**
 * Prices in cells of equal width in ln(price). Uses StrictMath, so that a price falls into the same cell on every
 * machine.
 */
public final class PriceGrid {

    /** Cells whose edges and middles are worked out beforehand: an exponential is dear where ladders are written. */
    private static final int KNOWN_CELLS = 1 << 15;

    /** Cells of the ladder: 0.1 %. */
    public static final PriceGrid LADDER = new PriceGrid(0.001);

    /**
     * Cells of the prices at which an account's other markets are taken: 0.5 %. Ladder places of cross accounts depend
     * on these cells alone and not on how prices came here, so any replay gives the same ladder.
     */
    public static final PriceGrid REFERENCE = new PriceGrid(0.005);

    /** Steps of the prices of quote assets: 0.1 %, of which one is exactly a dollar. */
    private static final double QUOTE_STEP = 0.001;

    /**
     * A quote asset's price in US dollars as accounts take it: the nearest step, at most 0.05 % away. A stablecoin at its
     * peg is exactly 1, and its noise moves no account.
     */
    public static double quoteStep(double quoteUsd) {
        return quoteUsd == 1 ? 1 : StrictMath.exp(Math.rint(StrictMath.log(quoteUsd) / QUOTE_STEP) * QUOTE_STEP);
    }

    private final double width;

    /** Lower edge of cell c at 2 (c + KNOWN_CELLS), its middle after it. */
    private final double[] known = new double[4 * KNOWN_CELLS];

    /**
     * A grid; it is worth keeping, as its cells are worked out here.
     *
     * @param width width of a cell in ln(price), > 0
     */
    public PriceGrid(double width) {
        this.width = width;
        for (int i = 0; i < known.length; i++) {
            known[i] = StrictMath.exp((i / 2.0 - KNOWN_CELLS) * width);
        }
    }

    /** Width of a cell in ln(price), > 0. */
    public double width() {
        return width;
    }

    /** Number of the cell in which a price above zero lies. */
    public int cell(double price) {
        return (int) Math.floor(StrictMath.log(price) / width);
    }

    /** Lower edge of a cell, which is the upper edge of the one below. */
    public double lowerEdge(int cell) {
        return isKnown(cell) ? known[2 * (cell + KNOWN_CELLS)] : StrictMath.exp(cell * width);
    }

    /** Middle of a cell in ln(price). */
    public double middle(int cell) {
        return isKnown(cell) ? known[2 * (cell + KNOWN_CELLS) + 1] : StrictMath.exp((cell + 0.5) * width);
    }

    private static boolean isKnown(int cell) {
        return cell >= -KNOWN_CELLS && cell < KNOWN_CELLS;
    }
}
