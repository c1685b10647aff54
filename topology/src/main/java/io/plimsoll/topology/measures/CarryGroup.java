package io.plimsoll.topology.measures;

import io.plimsoll.risk.Side;
import io.plimsoll.risk.carry.FundingBurden;
import io.plimsoll.risk.carry.WeakestPayers;
import io.plimsoll.schemas.avro.CarryMeasures;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.PayingSide;
import io.plimsoll.topology.markets.LadderMoment;

/** Group carry: what it costs to hold positions, and how long it can be paid. */
final class CarryGroup implements GroupMeasures {

    private static final int WEAKEST_PERCENT = 5;
    private static final double HOURS_PER_YEAR = 365 * 24.0;
    private static final double MS_PER_HOUR = 3_600_000;

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        LadderMoment ladder = market.ladder();
        if (ladder != null) {
            CarryMeasures measures = new CarryMeasures();
            writeRates(market.state(), measures);
            writePayers(market.state(), ladder, measures);
            into.setCarry(measures);
        }
    }

    private static void writeRates(MarketState state, CarryMeasures measures) {
        Double rate8h = state.getFundingRate8h();
        if (rate8h == null) {
            return;
        }
        double rate1h = rate8h / FundingBurden.RATE_HOURS;
        FundingBurden longs = FundingBurden.of(Side.LONG, rate8h, state.getLongNotionalUsd(), state.getLongEquityUsd());
        FundingBurden shorts =
                FundingBurden.of(Side.SHORT, rate8h, state.getShortNotionalUsd(), state.getShortEquityUsd());
        measures.setFundingRate1h(rate1h);
        measures.setFundingRateYear(rate1h * HOURS_PER_YEAR);
        measures.setLongFundingUsdPerHour(longs.usdPerHour());
        measures.setShortFundingUsdPerHour(shorts.usdPerHour());
        measures.setLongFundingShareOfEquityPerDay(longs.shareOfEquityPerDay());
        measures.setShortFundingShareOfEquityPerDay(shorts.shareOfEquityPerDay());
    }

    private static void writePayers(MarketState state, LadderMoment ladder, CarryMeasures measures) {
        WeakestPayers payers = WeakestPayers.at(state.getFundingRate8h());
        if (payers == null) {
            measures.setPayingSide(PayingSide.NEITHER);
            return;
        }
        measures.setPayingSide(PayingSide.valueOf(payers.side().name()));
        Double hours =
                payers.hours(ladder.liquidation(), ladder.lots(payers.side()), state.getMarkPrice(), WEAKEST_PERCENT);
        measures.setWeakestPayersMs(hours == null ? null : (Long) Math.round(hours * MS_PER_HOUR));
    }
}
