package io.plimsoll.topology.measures;

import io.plimsoll.risk.MicroUsd;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.cycle.MarketAtHour;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.markets.LadderMoment;
import org.jspecify.annotations.Nullable;

/** Writes and reads what a market adds to the leverage cycle of venue, asset and system. */
final class MarketHours {

    private MarketHours() {}

    /** Of a market where an hour has begun; null where it has no positions and never had: coins, and what is new. */
    static @Nullable MarketHour of(MeasuredMarket market, double forcedUsd) {
        LadderMoment ladder = market.ladder();
        if (ladder == null) {
            return null;
        }
        MarketState state = market.state();
        // What an inverse contract is of does not change with the price, its base units do.
        boolean inverse = ladder.contract().shape() == Shape.INVERSE;
        double perBaseUnit = inverse ? state.getMarkPrice() : 1;
        double[] sample = market.sample(forcedUsd);
        return new MarketHour(
                market.market(),
                state.getVenue(),
                state.getBaseAsset(),
                Math.floorDiv(state.getAsOfMs(), Grid.HOURS.stepMs()),
                sample[Series.OPEN_INTEREST.ordinal()] * perBaseUnit,
                sample[Series.VENUE_OPEN_INTEREST.ordinal()] * perBaseUnit,
                (inverse ? 1 : state.getMarkPrice()) * state.getQuotePriceUsd(),
                MicroUsd.of(state.getLongNotionalUsd()),
                MicroUsd.of(state.getShortNotionalUsd()),
                MicroUsd.of(state.getLongEquityUsd()),
                MicroUsd.of(state.getShortEquityUsd()),
                sample[Series.BASIS.ordinal()],
                sample[Series.FUNDING.ordinal()],
                sample[Series.DEPTH_USD.ordinal()],
                forcedUsd);
    }

    static MarketAtHour read(MarketHour hour) {
        return new MarketAtHour(
                hour.getHour(),
                hour.getSize(),
                hour.getVenueSize(),
                hour.getPriceUsd(),
                hour.getLongNotionalMicroUsd(),
                hour.getShortNotionalMicroUsd(),
                hour.getLongEquityMicroUsd(),
                hour.getShortEquityMicroUsd(),
                hour.getBasis(),
                hour.getFunding(),
                hour.getDepthUsd(),
                hour.getForcedUsd());
    }
}
