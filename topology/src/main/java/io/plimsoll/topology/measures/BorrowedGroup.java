package io.plimsoll.topology.measures;

import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.depth.BookSide;
import io.plimsoll.risk.efficiency.LeverageCohort;
import io.plimsoll.schemas.avro.BorrowedMeasures;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.markets.LadderMoment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Group borrowed: how much of a market stands on borrowed money. */
final class BorrowedGroup implements GroupMeasures {

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        LadderMoment ladder = market.ladder();
        if (ladder == null || ladder.contract().shape() == Shape.OPTION) {
            return; // what an option's delta is worth was not paid for it
        }
        List<LeverageCohort> longs = cohorts(Side.LONG, market.state(), ladder);
        List<LeverageCohort> shorts = cohorts(Side.SHORT, market.state(), ladder);
        double longBorrowed = borrowed(longs);
        double shortBorrowed = borrowed(shorts);
        into.setBorrowed(new BorrowedMeasures(
                longBorrowed,
                shortBorrowed,
                share(longBorrowed, notional(longs)),
                share(shortBorrowed, notional(shorts)),
                share(longBorrowed + shortBorrowed, notional(longs) + notional(shorts)),
                share(longBorrowed, market.depthUsd(BookSide.BID)),
                share(shortBorrowed, market.depthUsd(BookSide.ASK))));
    }

    private static List<LeverageCohort> cohorts(Side side, MarketState state, LadderMoment ladder) {
        return LeverageCohort.of(
                side, ladder.contract(), ladder.equityLines(), state.getMarkPrice(), state.getQuotePriceUsd());
    }

    private static double borrowed(List<LeverageCohort> cohorts) {
        return cohorts.stream().mapToDouble(LeverageCohort::borrowedUsd).sum();
    }

    private static double notional(List<LeverageCohort> cohorts) {
        return cohorts.stream().mapToDouble(LeverageCohort::notionalUsd).sum();
    }

    /** Null where there is no whole, or it is not known. */
    private static @Nullable Double share(double part, double whole) {
        return whole > 0 ? (Double) (part / whole) : null;
    }
}
