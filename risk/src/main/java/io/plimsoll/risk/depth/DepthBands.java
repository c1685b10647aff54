package io.plimsoll.risk.depth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A book as its venue reports it: cumulative quantity within distances of the mid price.
 *
 * @param mid middle of best bid and best ask, quote units, > 0
 * @param bands by rising distance
 */
public record DepthBands(double mid, List<Band> bands) {

    private static final double ROUNDING = 1e-9;

    /**
     * What lies within one distance of mid.
     *
     * @param distance fraction of mid, > 0
     * @param bid base units bid, >= 0, cumulative
     * @param ask base units offered, >= 0, cumulative
     * @param bidAverage average price of what is bid, quote units; null where not reported
     * @param askAverage average price of what is offered, quote units; null where not reported
     */
    public record Band(
            double distance,
            double bid,
            double ask,
            @Nullable Double bidAverage,
            @Nullable Double askAverage) {

        double quantity(BookSide side) {
            return side == BookSide.BID ? bid : ask;
        }
    }

    public DepthBands {
        bands = List.copyOf(bands);
    }

    /** Whether a band's average price is where orders of that side cannot be: beyond mid, or farther than its distance. */
    boolean isMisplaced(Band band, BookSide side) {
        Double average = side == BookSide.BID ? band.bidAverage() : band.askAverage();
        if (average == null) {
            return false;
        }
        double away = side == BookSide.BID ? 1 - average / mid : average / mid - 1;
        return away < -ROUNDING || away > band.distance() + ROUNDING;
    }
}
