package io.plimsoll.risk.cascade;

/**
 * An impact written down a second time, as what becomes of a price: the oracle knows no logarithms of prices.
 *
 * <p>For rising prices each law is its mirror image: the price gains the factor that it would lose.
 */
interface PriceLaw {

    /** Share of the price that is left after selling a volume; 0 where the book does not hold it. */
    double left(double volume);

    static PriceLaw linear(double perUnit) {
        return volume -> Math.exp(-perUnit * volume);
    }

    static PriceLaw squareRoot(double coefficient, double volatility, double daily, double crossover) {
        return volume -> {
            double most = Math.max(volume, crossover);
            double fall = coefficient * volatility * Math.pow(most / daily, 0.5);
            return Math.exp(-(volume < crossover ? fall * volume / crossover : fall));
        };
    }

    static PriceLaw withFloor(double scale, double floorShare) {
        return volume -> floorShare + (1 - floorShare) * Math.exp(-volume / scale);
    }

    /** Walks from band to band until the volume is sold. */
    static PriceLaw bands(double[] edges, double[] cumulative) {
        return volume -> {
            double unsold = volume;
            double inner = 0;
            double before = 0;
            for (int i = 0; i < edges.length; i++) {
                double inBand = cumulative[i] - before;
                if (unsold <= inBand) {
                    return Math.exp(-inner - (unsold == 0 ? 0 : (edges[i] - inner) * unsold / inBand));
                }
                unsold -= inBand;
                inner = edges[i];
                before = cumulative[i];
            }
            return 0;
        };
    }
}
