package io.plimsoll.topology.measures;

import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.efficiency.CohortEarnings;
import io.plimsoll.risk.efficiency.LeverageCaps;
import io.plimsoll.risk.efficiency.LeverageCohort;
import io.plimsoll.risk.volatility.ReturnSeries;
import io.plimsoll.schemas.avro.CohortEfficiency;
import io.plimsoll.schemas.avro.EfficiencyMeasures;
import io.plimsoll.schemas.avro.EquitySide;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.avro.EarningsDay;
import io.plimsoll.topology.markets.LadderMoment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Group efficiency: what leverage earned by cohort. Worked out where an hour begins, told in between. */
final class EfficiencyGroup implements GroupMeasures {

    static final String DAYS = "measure-earnings";

    private final KeyValueStore<String, EarningsDay> rows;
    private final Map<String, CohortHistory> histories = new HashMap<>();
    private final Map<String, EfficiencyMeasures> told = new HashMap<>();

    EfficiencyGroup(KeyValueStore<String, EarningsDay> rows) {
        this.rows = rows;
        try (KeyValueIterator<String, EarningsDay> all = rows.all()) {
            all.forEachRemaining(row ->
                    history(row.key.substring(0, row.key.lastIndexOf('|'))).restore(row.value));
        }
    }

    @Override
    public void hourBegan(MeasuredMarket market) {
        LadderMoment ladder = market.ladder();
        if (ladder == null || ladder.contract().shape() == Shape.OPTION) {
            return; // what an option earns is more than its delta does
        }
        double markPrice = market.state().getMarkPrice();
        List<LeverageCohort> cohorts = new ArrayList<>(CohortHistory.COHORTS);
        for (Side side : Side.values()) {
            cohorts.addAll(LeverageCohort.of(
                    side,
                    ladder.contract(),
                    ladder.equityLines(),
                    markPrice,
                    market.state().getQuotePriceUsd()));
        }
        long hour = Math.floorDiv(market.state().getAsOfMs(), Grid.HOURS.stepMs());
        EarningsDay row = history(market.market()).take(hour, markPrice, cohorts);
        rows.put(market.market() + '|' + CohortHistory.place(row), row);
        told.remove(market.market());
    }

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        EarningsDay newest = history(market.market()).newest();
        if (newest != null) {
            into.setEfficiency(told.computeIfAbsent(
                    market.market(), name -> measures(newest, history(name).earnings(), market.history())));
        }
    }

    private static EfficiencyMeasures measures(
            EarningsDay newest, List<CohortEarnings> earnings, MarketHistory history) {
        EfficiencyMeasures measures = new EfficiencyMeasures();
        int hours = earnings.get(0).hours();
        measures.setHourMs(newest.getHour() * Grid.HOURS.stepMs());
        measures.setSides(sides(newest, earnings));
        measures.setCohorts(cohorts(newest, earnings));
        measures.setHistoryMs(hours * Grid.HOURS.stepMs());
        measures.setSamples(hours);
        double[] prices = history.hours(Series.PRICE);
        LeverageCaps caps = LeverageCaps.of(ReturnSeries.of(
                Arrays.copyOfRange(prices, prices.length - Grid.HOURS.horizonSteps() - 1, prices.length),
                Grid.HOURS.stepMs()));
        if (caps != null) {
            write(caps, measures);
        }
        return measures;
    }

    private static void write(LeverageCaps caps, EfficiencyMeasures into) {
        into.setDailyVolatility(caps.dailyVolatility());
        into.setVolatilityTarget(caps.volatilityTarget());
        into.setVolatilityTargetLeverage(caps.volatilityTargetLeverage());
        into.setDriftPerDay(caps.driftPerDay());
        into.setDriftError(caps.driftError());
        into.setKellyFraction(caps.kellyFraction());
        into.setKellyLeverage(caps.kellyLeverage());
        into.setKellyLow(caps.kellyLow());
        into.setKellyHigh(caps.kellyHigh());
    }

    private static List<CohortEfficiency> sides(EarningsDay newest, List<CohortEarnings> earnings) {
        List<CohortEfficiency> sides = new ArrayList<>();
        for (Side side : Side.values()) {
            int first = side.ordinal() * LeverageCohort.COUNT;
            int end = first + LeverageCohort.COUNT;
            sides.add(efficiency(
                    side,
                    0.0,
                    null,
                    sum(newest.getNotionalUsd().subList(first, end)),
                    sum(newest.getEquityUsd().subList(first, end)),
                    earnings.get(CohortHistory.SIDES + side.ordinal())));
        }
        return sides;
    }

    private static List<CohortEfficiency> cohorts(EarningsDay newest, List<CohortEarnings> earnings) {
        List<CohortEfficiency> cohorts = new ArrayList<>(CohortHistory.COHORTS);
        for (int i = 0; i < CohortHistory.COHORTS; i++) {
            cohorts.add(efficiency(
                    Side.values()[i / LeverageCohort.COUNT],
                    finite(LeverageCohort.from(i % LeverageCohort.COUNT)),
                    finite(LeverageCohort.below(i % LeverageCohort.COUNT)),
                    newest.getNotionalUsd().get(i),
                    newest.getEquityUsd().get(i),
                    earnings.get(i)));
        }
        return cohorts;
    }

    private static CohortEfficiency efficiency(
            Side side,
            @Nullable Double from,
            @Nullable Double below,
            double notionalUsd,
            double equityUsd,
            CohortEarnings earnings) {
        return new CohortEfficiency(
                side == Side.LONG ? EquitySide.LONGS : EquitySide.SHORTS,
                from,
                below,
                notionalUsd,
                equityUsd,
                earnings.profitUsd(),
                earnings.meanCapitalUsd(),
                earnings.returnOnCapital(),
                earnings.profitPerRisk());
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(value -> value).sum();
    }

    private static @Nullable Double finite(double value) {
        return Double.isInfinite(value) ? null : (Double) value;
    }

    private CohortHistory history(String market) {
        return histories.computeIfAbsent(market, unknown -> new CohortHistory());
    }
}
