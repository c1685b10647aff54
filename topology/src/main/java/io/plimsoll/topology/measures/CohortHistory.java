package io.plimsoll.topology.measures;

import io.plimsoll.risk.Side;
import io.plimsoll.risk.efficiency.CohortEarnings;
import io.plimsoll.risk.efficiency.LeverageCohort;
import io.plimsoll.topology.avro.EarningsDay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a market's cohorts earned, by the day for 30 days. First all cohorts of longs, then those of shorts; in sums longs and shorts
 * as wholes behind them.
 */
final class CohortHistory {

    static final int COHORTS = 2 * LeverageCohort.COUNT;

    /** Where the sums of longs and of shorts as wholes are. */
    static final int SIDES = COHORTS;

    private static final int SUMMED = COHORTS + 2;
    private static final int NUMBERS = 4;
    private static final int DAYS = 30;
    private static final long HOURS_OF_DAY = Duration.ofDays(1).toHours();

    private final @Nullable EarningsDay[] days = new EarningsDay[DAYS];
    private @Nullable EarningsDay newest;

    /** Puts in a stored day. */
    void restore(EarningsDay day) {
        int place = place(day);
        EarningsDay before = days[place];
        if (before == null || before.getDay() <= day.getDay()) {
            days[place] = day;
        }
        if (newest == null || newest.getDay() <= day.getDay()) {
            newest = day;
        }
    }

    /** Where a day's row is stored. */
    static int place(EarningsDay day) {
        return (int) Math.floorMod(day.getDay(), (long) DAYS);
    }

    /**
     * Takes up a new hour: what the one before has come to, where it was seen to begin, and what is held now.
     *
     * @param hour hours since the epoch
     * @param cohorts of longs, then of shorts
     * @return the day's row as it is to be stored
     */
    EarningsDay take(long hour, double price, List<LeverageCohort> cohorts) {
        long day = Math.floorDiv(hour, HOURS_OF_DAY);
        EarningsDay before = newest;
        List<CohortEarnings> sums = before != null && before.getDay() == day ? sums(before) : none();
        int hours = before != null && before.getDay() == day ? before.getHours() : 0;
        if (before != null && before.getHour() == hour - 1) {
            double move = price / before.getPrice() - 1;
            for (Side side : Side.values()) {
                double notional = 0;
                double equity = 0;
                int first = side.ordinal() * LeverageCohort.COUNT;
                for (int i = first; i < first + LeverageCohort.COUNT; i++) {
                    double its = before.getNotionalUsd().get(i);
                    double own = before.getEquityUsd().get(i);
                    notional += its;
                    equity += own;
                    sums.set(i, sums.get(i).plus(CohortEarnings.ofHour(side.sign(), its, own, move)));
                }
                int place = SIDES + side.ordinal();
                sums.set(place, sums.get(place).plus(CohortEarnings.ofHour(side.sign(), notional, equity, move)));
            }
            hours++;
        }
        EarningsDay row = new EarningsDay(
                day,
                hour,
                price,
                cohorts.stream().map(LeverageCohort::notionalUsd).toList(),
                cohorts.stream().map(LeverageCohort::equityUsd).toList(),
                hours,
                numbers(sums));
        restore(row);
        return row;
    }

    /** What is held since the newest hour began; null where none was seen to begin. */
    @Nullable
    EarningsDay newest() {
        return newest;
    }

    /** What was earned on the last 30 days, this one among them. */
    List<CohortEarnings> earnings() {
        List<CohortEarnings> sums = none();
        if (newest != null) {
            for (long day = newest.getDay() - DAYS + 1; day <= newest.getDay(); day++) {
                EarningsDay row = days[(int) Math.floorMod(day, (long) DAYS)];
                if (row != null && row.getDay() == day) {
                    List<CohortEarnings> its = sums(row);
                    for (int i = 0; i < SUMMED; i++) {
                        sums.set(i, sums.get(i).plus(its.get(i)));
                    }
                }
            }
        }
        return sums;
    }

    private static List<CohortEarnings> none() {
        List<CohortEarnings> none = new ArrayList<>(SUMMED);
        for (int i = 0; i < SUMMED; i++) {
            none.add(CohortEarnings.NONE);
        }
        return none;
    }

    private static List<CohortEarnings> sums(EarningsDay row) {
        List<CohortEarnings> sums = new ArrayList<>(SUMMED);
        List<Double> numbers = row.getSums();
        for (int i = 0; i < SUMMED; i++) {
            int at = i * NUMBERS;
            sums.add(new CohortEarnings(
                    row.getHours(), numbers.get(at), numbers.get(at + 1), numbers.get(at + 2), numbers.get(at + 3)));
        }
        return sums;
    }

    private static List<Double> numbers(List<CohortEarnings> sums) {
        List<Double> numbers = new ArrayList<>(SUMMED * NUMBERS);
        for (CohortEarnings sum : sums) {
            numbers.addAll(List.of(sum.profitUsd(), sum.squaredUsd(), sum.capitalUsd(), sum.notionalUsd()));
        }
        return numbers;
    }
}
