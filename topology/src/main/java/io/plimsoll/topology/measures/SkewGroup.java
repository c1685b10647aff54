package io.plimsoll.topology.measures;

import io.plimsoll.risk.Leverage;
import io.plimsoll.risk.RobustScore;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.distribution.LeverageDistribution;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SkewMeasures;
import io.plimsoll.topology.markets.LadderMoment;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Group skew: which side stands on less, beside the leverage skew of the market's state. */
final class SkewGroup implements GroupMeasures {

    private static final int HOURS = (int) Duration.ofDays(30).toHours();
    private static final int FEWEST_HOURS = 24;
    private static final int MEDIAN = 50;

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        LadderMoment ladder = market.ladder();
        if (ladder != null) {
            SkewMeasures measures = new SkewMeasures();
            double markPrice = market.state().getMarkPrice();
            writeMeans(ladder.leverages(Side.LONG, markPrice), ladder.leverages(Side.SHORT, markPrice), measures);
            writeRatios(market.state(), measures);
            writeScore(market.state(), market.history(), measures);
            into.setSkew(measures);
        }
    }

    private static void writeMeans(LeverageDistribution longs, LeverageDistribution shorts, SkewMeasures measures) {
        measures.setLongMeanLeverage(longs.meanBySize());
        measures.setShortMeanLeverage(shorts.meanBySize());
        measures.setMeanLeverageSkew(Leverage.skew(longs.meanBySize(), shorts.meanBySize()));
        measures.setMedianLeverageSkew(Leverage.skew(longs.quantileOfSize(MEDIAN), shorts.quantileOfSize(MEDIAN)));
    }

    private static void writeRatios(MarketState state, SkewMeasures measures) {
        measures.setLongShortPositions(ratio(state.getLongPositions(), state.getShortPositions()));
        measures.setLongShortNotional(ratio(state.getLongNotionalUsd(), state.getShortNotionalUsd()));
        measures.setLongShortEquity(
                state.getLongEquityUsd() > 0 ? ratio(state.getLongEquityUsd(), state.getShortEquityUsd()) : null);
    }

    private static @Nullable Double ratio(double longs, double shorts) {
        return shorts > 0 ? (Double) (longs / shorts) : null;
    }

    /** The funding-implied skew rises in a straight line with the rate: its score is the rate's. */
    private static void writeScore(MarketState state, MarketHistory history, SkewMeasures measures) {
        double[] hours = history.hours(Series.FUNDING);
        double[] funding = Arrays.copyOfRange(hours, Math.max(0, hours.length - HOURS), hours.length);
        Double rate = state.getFundingRate8h();
        double score = rate == null ? Double.NaN : RobustScore.of(rate, funding, FEWEST_HOURS);
        measures.setFundingSkewScore(Double.isNaN(score) ? null : (Double) score);
        measures.setHistoryMs(Grid.HOURS.spanMs(funding));
        measures.setSamples(Grid.known(funding));
    }
}
