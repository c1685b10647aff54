package io.plimsoll.benchmarks;

import io.plimsoll.risk.PriceGrid;
import io.plimsoll.schemas.avro.Price;

/** Writes ticks of all markets. */
final class PriceFeed {

    private final PriceWalk walk = new PriceWalk();
    private final RecordLoader loader;
    private final EventClock clock;
    private final long[] lastMsByMarket = new long[BenchMarkets.COUNT];
    private final int[] cellByMarket = new int[BenchMarkets.COUNT];
    private long cellChanges;

    PriceFeed(RecordLoader loader, EventClock clock) {
        this.loader = loader;
        this.clock = clock;
    }

    /** Number of the market that the next tick is of. */
    int nextMarket() {
        return walk.nextMarket();
    }

    /** A backlog of ticks that ends about now. */
    void write(long ticks, double perSecond) {
        clock.startBacklog(ticks / perSecond);
        for (long i = 0; i < ticks; i++) {
            write(perSecond, clock.next(perSecond));
        }
        loader.flush();
    }

    /** One tick; gives the number of its market. */
    int write(double perSecond, long eventTimeMs) {
        Price price = walk.tick(perSecond);
        int market = BenchMarkets.number(price.getSymbol());
        lastMsByMarket[market] = eventTimeMs;
        int cell = PriceGrid.REFERENCE.cell(price.getMarkPrice());
        if (cell != cellByMarket[market]) {
            cellByMarket[market] = cell;
            cellChanges++;
        }
        loader.price(price, eventTimeMs);
        return market;
    }

    /** Event time of the last tick of each market. */
    long[] lastMsByMarket() {
        return lastMsByMarket.clone();
    }

    /** How often a tick moved a reference price so far. */
    long cellChanges() {
        return cellChanges;
    }
}
