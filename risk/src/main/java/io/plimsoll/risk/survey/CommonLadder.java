package io.plimsoll.risk.survey;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.cascade.CascadeCurve;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.LinearImpact;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.Sweep;
import io.plimsoll.risk.cascade.TriggerLadder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The common-shock ladder of the whole system in one direction, cumulative. Step 0 is what is armed, step k what falls up to
 * bucket k - 1.
 */
final class CommonLadder {

    /** Moves of the factor are counted in such units, so that the sweep of whole lots can take them. */
    private static final PriceGrid GRID = new PriceGrid(ShockBuckets.WIDTH);

    private static final double UNIT = 1e-12;

    private static final int STEPS = ShockBuckets.COUNT + 1;

    private final Direction direction;
    private final List<Column> columns = new ArrayList<>();
    private final Fallers[] fallers = new Fallers[STEPS];
    private final double[] move = new double[STEPS];
    private final double[] forcedUsd = new double[STEPS];
    private final SortedMap<Integer, DebtTerms> debts;
    private final TriggerLadder triggers;
    private final double knownWeight;

    /** One market: cumulative lots, and what they do. */
    private static final class Column {
        final MarketTerms terms;
        final double weight;
        final long[] forced = new long[STEPS];
        final long[] counter = new long[STEPS];
        final double[] move = new double[STEPS];
        final double farthest;

        Column(MarketTerms terms, SurveyRow row, double weight, Direction direction, double depthHaircut) {
            this.terms = terms;
            this.weight = weight;
            this.farthest = MarketTerms.farthest(direction);
            Impact impact = terms.impact(direction, depthHaircut);
            boolean fall = direction == Direction.FALL;
            SortedMap<Integer, Flow> flows = fall ? row.onFall() : row.onRise();
            Flow sum = row.armed();
            for (int step = 0; step < STEPS; step++) {
                Flow flow = step == 0 ? null : flows.get(step - 1);
                sum = flow == null ? sum : sum.plus(flow);
                forced[step] = fall ? sum.sell() : sum.buy();
                counter[step] = fall ? sum.buy() : sum.sell();
                if (step > 0 && forced[step] == forced[step - 1]) {
                    move[step] = move[step - 1];
                } else {
                    move[step] = moveOf(impact, forced[step]);
                }
            }
        }

        private double moveOf(@Nullable Impact impact, long lots) {
            return impact == null || lots == 0
                    ? 0
                    : Math.min(farthest, impact.move(terms.lotSize().size(lots)));
        }
    }

    private CommonLadder(SurveySum survey, Map<String, MarketTerms> terms, Direction direction, double depthHaircut) {
        this.direction = direction;
        boolean fall = direction == Direction.FALL;
        double all = 0;
        double known = 0;
        // In the order of names, so that sums of doubles do not depend on anything else.
        List<String> markets = terms.keySet().stream().sorted().toList();
        for (String market : markets) {
            MarketTerms its = market(terms, market);
            all += its.openInterestUsd();
            known += its.impact(direction, 1) == null ? 0 : its.openInterestUsd();
        }
        knownWeight = all > 0 ? known / all : 0;
        for (String market : markets) {
            SurveyRow row = survey.markets().get(market);
            if (row != null) {
                MarketTerms its = market(terms, market);
                double weight = all > 0 ? its.openInterestUsd() / all : 0;
                columns.add(new Column(its, row, weight, direction, depthHaircut));
            }
        }
        SortedMap<Integer, Fallers> falling =
                fall ? survey.totals().onFall() : survey.totals().onRise();
        debts = fall ? survey.totals().debtOnFall() : survey.totals().debtOnRise();
        fallers[0] = survey.totals().armed();
        for (int step = 0; step < STEPS; step++) {
            for (Column column : columns) {
                move[step] += column.weight * column.move[step];
                forcedUsd[step] += column.terms.usd(column.forced[step]);
            }
            if (step > 0) {
                fallers[step] = fallers[step - 1].plus(falling.getOrDefault(step - 1, Fallers.NONE));
            }
        }
        triggers = triggers();
    }

    static CommonLadder of(SurveySum survey, Map<String, MarketTerms> terms, Direction direction, double depthHaircut) {
        return new CommonLadder(survey, terms, direction, depthHaircut);
    }

    private static MarketTerms market(Map<String, MarketTerms> terms, String market) {
        MarketTerms its = terms.get(market);
        if (its == null || !its.market().equals(market)) {
            throw new IllegalArgumentException("terms of " + market + " are " + its);
        }
        return its;
    }

    /** A bucket in which anybody falls is a rung, whose volume is what it adds to the move of the factor. */
    private TriggerLadder triggers() {
        boolean fall = direction == Direction.FALL;
        List<Ladder.Rung> rungs = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            long before = step == 0 ? 0 : units(move[step - 1]);
            long pools = step == 0 ? fallers[0].pools() : fallers[step].pools() - fallers[step - 1].pools();
            if (pools > 0) {
                int count = (int) Math.min(1_000_000, pools);
                long added = units(move[step]) - before;
                rungs.add(
                        fall
                                ? new Ladder.Rung(-step, added, 0, count, 0)
                                : new Ladder.Rung(step - 1, 0, added, 0, count));
            }
        }
        if (fall) {
            rungs.sort(Comparator.comparingInt(Ladder.Rung::bucket));
        }
        return TriggerLadder.of(rungs, GRID, direction);
    }

    private static long units(double move) {
        return Math.round(move / UNIT);
    }

    CascadeCurve sweep(Reading reading) {
        return Sweep.over(triggers, reading, UNIT, new LinearImpact(1), 0);
    }

    /** Steps that the first rungs of the sweep are. */
    int stepsOf(int rungs) {
        if (rungs == 0) {
            return 0;
        }
        int place = triggers.place(rungs - 1);
        return direction == Direction.FALL ? -place : place + 1;
    }

    double coverage() {
        return knownWeight;
    }

    Fallers fallers(int step) {
        return fallers[step];
    }

    double move(int step) {
        return move[step];
    }

    double forcedUsd(int step) {
        return forcedUsd[step];
    }

    double counterUsd(int step) {
        double sum = 0;
        for (Column column : columns) {
            sum += column.terms.usd(column.counter[step]);
        }
        return sum;
    }

    double exhaustedWeight(int step) {
        double sum = 0;
        for (Column column : columns) {
            sum += column.move[step] >= column.farthest ? column.weight : 0;
        }
        return sum;
    }

    List<SystemShock.MarketForced> forced(int step) {
        List<SystemShock.MarketForced> forced = new ArrayList<>();
        for (Column column : columns) {
            if (column.forced[step] > 0 || column.counter[step] > 0) {
                forced.add(new SystemShock.MarketForced(
                        column.terms.market(),
                        column.terms.usd(column.forced[step]),
                        column.terms.usd(column.counter[step]),
                        column.move[step]));
            }
        }
        forced.sort(Comparator.comparingDouble(SystemShock.MarketForced::forcedUsd)
                .reversed()
                .thenComparing(SystemShock.MarketForced::market));
        return forced;
    }

    /**
     * Bad debt where all prices have moved by a fraction. Of the bucket in which they rest, it is not known who is bankrupt:
     * pessimistic, all of them, as much as at its far edge; optimistic, what they owe together, if anything.
     */
    double badDebtUsd(double fraction, Reading reading) {
        DebtTerms sum = DebtTerms.NONE;
        double last = 0;
        for (Map.Entry<Integer, DebtTerms> entry : debts.entrySet()) {
            int bucket = entry.getKey();
            DebtTerms terms = entry.getValue();
            if (bucket == ShockBuckets.ARMED || moveAt(bucket + 1) <= fraction) {
                sum = sum.plus(terms);
            } else if (moveAt(bucket) < fraction) {
                last = Math.max(0, terms.owedUsd(reading == Reading.PESSIMISTIC ? moveAt(bucket + 1) : fraction));
            }
        }
        return Math.max(0, sum.owedUsd(fraction)) + last;
    }

    private double moveAt(int edge) {
        return Math.abs(ShockBuckets.factor(direction, edge) - 1);
    }
}
