package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.scenario.RoundMode;
import io.plimsoll.risk.scenario.ScenarioMarket;
import io.plimsoll.risk.scenario.ScenarioRun;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.risk.scenario.SliceAnswer;
import io.plimsoll.topology.avro.ScenarioAnswer;
import io.plimsoll.topology.avro.ScenarioCall;
import io.plimsoll.topology.avro.ScenarioJob;
import io.plimsoll.topology.avro.ScenarioPath;
import io.plimsoll.topology.avro.ScenarioSums;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One attempt at a scenario: both ways of moving prices, and what slices have said in the present round. */
final class RunningScenario {

    /** What an answer does. */
    enum Step {
        /** It is of another round or attempt, or others are still to come. */
        WAIT,
        /** All slices have answered: the next round is to be called. */
        NEXT_ROUND,
        /** All slices have answered, and nobody falls any more. */
        OVER,
        /** A slice is not what it was in round 0. */
        BEGIN_AGAIN
    }

    private final ScenarioJob job;
    private final int slices;
    private final ScenarioRun gross;
    private final ScenarioRun net;
    private final Map<Integer, Long> epochs = new TreeMap<>();
    private final Map<Integer, ScenarioAnswer> answers = new TreeMap<>();
    private int round;
    private long newestMs;

    RunningScenario(ScenarioJob job, ScenarioTerms terms, List<ScenarioMarket> markets, int slices, int mostRounds) {
        this.job = job;
        this.slices = slices;
        this.gross = new ScenarioRun(RoundMode.GROSS, terms, markets, mostRounds);
        this.net = new ScenarioRun(RoundMode.NET, terms, markets, mostRounds);
    }

    ScenarioJob job() {
        return job;
    }

    ScenarioRun gross() {
        return gross;
    }

    ScenarioRun net() {
        return net;
    }

    /** Event time of the newest account record of all slices, epoch milliseconds. */
    long newestMs() {
        return newestMs;
    }

    /** What slices are asked now. */
    ScenarioCall call() {
        List<ScenarioPath> paths = new ArrayList<>();
        List<Double> prices = new ArrayList<>();
        List<Double> quotes = new ArrayList<>();
        for (String market : gross.path().markets()) {
            prices.add(gross.path().start().low().price(market));
            quotes.add(gross.path().start().low().quoteUsd(market));
        }
        for (ScenarioRun run : List.of(gross, net)) {
            if (!run.isOver()) {
                paths.add(ScenarioMessages.path(run));
            }
        }
        return new ScenarioCall(
                job.getRequest(), job.getAttempt(), round, gross.path().markets(), prices, quotes, paths);
    }

    /** What slices are told at the end. */
    ScenarioCall overCall() {
        return new ScenarioCall(job.getRequest(), job.getAttempt(), -1, List.of(), List.of(), List.of(), List.of());
    }

    Step take(ScenarioAnswer answer) {
        if (answer.getAttempt() != job.getAttempt() || answer.getRound() != round) {
            return Step.WAIT;
        }
        Long epoch = epochs.putIfAbsent(answer.getSlice(), answer.getEpoch());
        if (epoch != null && epoch != answer.getEpoch()) {
            return Step.BEGIN_AGAIN;
        }
        answers.put(answer.getSlice(), answer);
        if (answers.size() < slices) {
            return Step.WAIT;
        }
        take(gross, false);
        take(net, true);
        answers.values().forEach(one -> newestMs = Math.max(newestMs, one.getNewestMs()));
        answers.clear();
        round++;
        return gross.isOver() && net.isOver() ? Step.OVER : Step.NEXT_ROUND;
    }

    private void take(ScenarioRun run, boolean isNet) {
        if (run.isOver()) {
            return;
        }
        SliceAnswer all = SliceAnswer.NONE;
        for (ScenarioAnswer answer : answers.values()) {
            for (ScenarioSums sums : answer.getSums()) {
                if (sums.getNet() == isNet) {
                    all = all.plus(ScenarioMessages.sums(sums));
                }
            }
        }
        run.take(all);
    }

    /** Slices that have not answered the present round. */
    List<Integer> missing() {
        List<Integer> missing = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            if (!answers.containsKey(slice)) {
                missing.add(slice);
            }
        }
        return missing;
    }
}
