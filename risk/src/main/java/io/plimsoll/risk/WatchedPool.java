package io.plimsoll.risk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pool and what its state follows from: its own numbers, or the venue's where ours cannot be confirmed by them. A
 * venue-reported pool is liquidatable where a price has crossed one of the venue's liquidation prices; its margin ratio
 * is the venue's.
 */
public final class WatchedPool {

    private final MarginPool pool;
    private final boolean computed;
    private final @Nullable Double venueRatio;

    private WatchedPool(MarginPool pool, boolean computed, @Nullable Double venueRatio) {
        this.pool = pool;
        this.computed = computed;
        this.venueRatio = venueRatio;
    }

    /**
     * Wraps a pool.
     *
     * @param venueRatio the venue's own margin ratio of the account; null where not reported
     * @param tolerance relative difference up to which the venue's liquidation prices confirm ours
     */
    public static WatchedPool of(MarginPool pool, @Nullable Double venueRatio, double tolerance) {
        boolean modelled = false;
        for (OpenPosition position : pool.positions()) {
            modelled |= position.contract().shape() == Shape.OPTION;
        }
        boolean confirmed = VenueCheck.of(pool, tolerance).confirms();
        return new WatchedPool(pool, confirmed && !(modelled && venueRatio != null), venueRatio);
    }

    /** Wraps pools. */
    public static List<WatchedPool> all(List<MarginPool> pools, @Nullable Double venueRatio, double tolerance) {
        List<WatchedPool> watched = new ArrayList<>(pools.size());
        for (MarginPool pool : pools) {
            watched.add(of(pool, venueRatio, tolerance));
        }
        return watched;
    }

    /** Its state, given the one before; all its prices are known. */
    public MarginCall state(Prices prices, MarginCall before, MarginCall.Levels levels) {
        if (computed) {
            return MarginCall.of(pool, prices, before, levels);
        }
        double ratio = venueRatio == null ? 0 : venueRatio;
        MarginCall byRatio = MarginCall.of(1, 1, ratio, before, levels);
        return crossesVenueLine(prices) ? byRatio.or(MarginCall.LIQUIDATABLE) : byRatio;
    }

    /** Whether it is liquidatable at the prices of a range that hurt it most; all its prices are known. */
    public boolean falls(PriceRange range) {
        return headroom(range) < 0;
    }

    /**
     * Below 0 where it {@link #falls}. Where its own numbers decide, this is its surplus at the prices that hurt it most, in
     * its own unit; where the venue's lines do, only the sign says anything.
     */
    public double headroom(PriceRange range) {
        return computed ? range.surplus(pool) : crossesVenueLine(range.low(), range.high()) ? -1 : 1;
    }

    /** The same judge of a pool with the same positions, whose balances are worth something else. */
    public WatchedPool of(MarginPool other) {
        return other == pool ? this : new WatchedPool(other, computed, venueRatio);
    }

    private boolean crossesVenueLine(Prices prices) {
        return crossesVenueLine(prices, prices);
    }

    private boolean crossesVenueLine(Prices low, Prices high) {
        for (OpenPosition position : pool.positions()) {
            OpenPosition.VenueLine line = position.venueLine();
            Double venues = line == null ? null : line.price();
            if (venues != null) {
                String market = position.market();
                if (position.side() == Side.LONG ? low.price(market) <= venues : high.price(market) >= venues) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The prices between which it need not be looked at. */
    public void bands(Bands bands, MarginCall state, Prices prices, Bands.Sink sink) {
        if (computed) {
            bands.of(pool, state, prices, sink);
            return;
        }
        for (OpenPosition position : pool.positions()) {
            OpenPosition.VenueLine line = position.venueLine();
            Double venues = line == null ? null : line.price();
            if (venues != null) {
                String market = position.market();
                boolean crossed =
                        position.side() == Side.LONG ? prices.price(market) <= venues : prices.price(market) >= venues;
                boolean below = (position.side() == Side.LONG) != crossed;
                // Looked at again on the way in, and just beyond the line on the way out.
                sink.band(
                        market,
                        below ? (crossed ? Math.nextDown(venues) : venues) : 0,
                        below ? Double.POSITIVE_INFINITY : (crossed ? Math.nextUp(venues) : venues));
            }
        }
    }

    /** The pool. */
    public MarginPool pool() {
        return pool;
    }
}
