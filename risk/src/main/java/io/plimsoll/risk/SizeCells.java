package io.plimsoll.risk;

/**
 * Sizes in cells that grow with size: exact up to 127 lots, above that 1 / 64 of the size wide or less. By integers
 * alone, so that a size falls into the same cell on every machine.
 */
public final class SizeCells {

    private static final int BITS = 6;

    /** Widest cell: its largest size over its smallest is below this. */
    public static final double RATIO = 1 + 1.0 / (1 << BITS);

    private SizeCells() {}

    /**
     * Number of the cell of a size; rises with it.
     *
     * @param lots 1 or more
     */
    public static int cell(long lots) {
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(lots));
        return (shift << BITS) + (int) (lots >>> shift);
    }
}
