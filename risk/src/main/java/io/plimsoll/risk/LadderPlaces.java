package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/** Where the positions of a pool stand on the ladders of their markets. */
final class LadderPlaces {

    private final MarginPool pool;
    private final PoolLines lines;
    private final VenueCheck check;
    private final Prices reference;

    private LadderPlaces(MarginPool pool, Prices reference, PoolLines lines, VenueCheck check) {
        this.pool = pool;
        this.reference = reference;
        this.lines = lines;
        this.check = check;
    }

    static LadderPlaces of(MarginPool pool, Prices reference, double tolerance) {
        return new LadderPlaces(pool, reference, pool.lines(reference), VenueCheck.of(pool, tolerance));
    }

    /** What a position adds to its market's book, with the cash that is attributed to it. */
    BookEntry entry(int position, long cashMicroUsd, long settleCash) {
        OpenPosition open = pool.positions().get(position);
        OpenPosition.VenueLine line = open.venueLine();
        Double reported = line == null ? null : line.price();
        Double venues = check.confirms() ? null : reported;
        return new BookEntry(
                open.market(),
                open.lots(),
                open.entryAmount(),
                cashMicroUsd,
                settleCash,
                cell(venues != null ? venues : lines.liquidationPrice(position)),
                cell(lines.bankruptcyPrice(position)),
                EquityLine.of(open, cashMicroUsd, settleCash, pool.unit(position, reference)),
                VenueLines.ofOne(venues != null, check.isCompared(position), check.isApart(position)));
    }

    private static @Nullable Integer cell(double price) {
        return Double.isNaN(price) ? null : (Integer) PriceGrid.LADDER.cell(price);
    }
}
