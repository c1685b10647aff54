package io.plimsoll.benchmarks.jmh;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.cascade.CascadeCurve;
import io.plimsoll.risk.cascade.DepthImpact;
import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.ExponentialImpact;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.LinearImpact;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.cascade.Reproduction;
import io.plimsoll.risk.cascade.Rest;
import io.plimsoll.risk.cascade.SquareRootImpact;
import io.plimsoll.risk.cascade.Sweep;
import io.plimsoll.risk.cascade.TippingPoint;
import io.plimsoll.risk.cascade.TriggerLadder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A cascade: one sweep for all shocks, against one shock account by account. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CascadeBenchmark {

    private static final int BUCKETS = 1_000;
    private static final int ACCOUNTS = 50_000;
    private static final double SPOT = 7.6005;
    private static final double LOT = 0.001;
    private static final double SHOCK = 0.05;

    /** A market with something in each of 1,000 buckets below its price. */
    @State(Scope.Thread)
    public static class Market {

        @Param({"depth", "linear", "squareRoot", "exponential"})
        public String law = "depth";

        final double[] triggers = new double[ACCOUNTS];
        final long[] lots = new long[ACCOUNTS];
        List<Ladder.Rung> rungs = List.of();
        TriggerLadder ladder = TriggerLadder.of(List.of(), PriceGrid.LADDER, Direction.FALL);
        Impact impact = new LinearImpact(0);
        CascadeCurve curve = Sweep.over(ladder, Reading.PESSIMISTIC, LOT, impact, SPOT);

        @Setup(Level.Trial)
        public void fill() {
            SplittableRandom random = new SplittableRandom(1);
            int highest = (int) Math.floor(SPOT / PriceGrid.LADDER.width()) - 1;
            Ladder all = new Ladder();
            double volume = 0;
            for (int i = 0; i < ACCOUNTS; i++) {
                int bucket = highest - (i < BUCKETS ? i : (int) (BUCKETS * Math.pow(random.nextDouble(), 2)));
                triggers[i] = (bucket + random.nextDouble()) * PriceGrid.LADDER.width();
                lots[i] = random.nextLong(1, 1_000_000);
                volume += lots[i] * LOT;
                all.addAll(List.of(new Ladder.Rung(bucket, lots[i], 0, 1, 0)));
            }
            rungs = all.rungs();
            ladder = TriggerLadder.of(rungs, PriceGrid.LADDER, Direction.FALL);
            impact = impact(law, volume);
            curve = Sweep.over(ladder, Reading.PESSIMISTIC, LOT, impact, SPOT);
            if (ladder.size() != BUCKETS) {
                throw new IllegalStateException(ladder.size() + " buckets");
            }
        }

        /** Each lets all of the volume move the price by 30 %. */
        private static Impact impact(String law, double volume) {
            double whole = 0.3;
            switch (law) {
                case "depth":
                    double[] edges = {0.0005, 0.001, 0.002, 0.003, 0.004, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05};
                    double[] resting = Arrays.stream(edges)
                            .map(edge -> volume * edge / whole)
                            .toArray();
                    return DepthImpact.carriedOn(edges, resting, 1.01 * whole);
                case "linear":
                    return LinearImpact.through(volume, whole);
                case "squareRoot":
                    return new SquareRootImpact(1, whole, volume, volume / 1_000);
                case "exponential":
                    return new ExponentialImpact(volume, 1 - (1 - Math.exp(-whole)) / (1 - Math.exp(-1)));
                default:
                    throw new IllegalArgumentException(law);
            }
        }
    }

    /** All shocks at once. */
    @Benchmark
    public CascadeCurve sweep(Market market) {
        return Sweep.over(market.ladder, Reading.PESSIMISTIC, LOT, market.impact, SPOT);
    }

    /** The same from the rungs as they are published. */
    @Benchmark
    public CascadeCurve ladderAndSweep(Market market) {
        TriggerLadder ladder = TriggerLadder.of(market.rungs, PriceGrid.LADDER, Direction.FALL);
        return Sweep.over(ladder, Reading.PESSIMISTIC, LOT, market.impact, SPOT);
    }

    @Benchmark
    public Rest restOfOneShock(Market market) {
        return market.curve.rest(SPOT - SHOCK);
    }

    @Benchmark
    public List<TippingPoint> tips(Market market) {
        return market.curve.tips();
    }

    @Benchmark
    public double greatestReproduction(Market market) {
        return Reproduction.greatest(market.curve, 0.1, Reproduction.DEFAULT_WINDOW);
    }

    /** The baseline: one shock, accounts closing one by one until nobody has to. */
    @Benchmark
    public double oneShockAccountByAccount(Market market) {
        boolean[] closed = new boolean[ACCOUNTS];
        double price = SPOT - SHOCK;
        long sold = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < ACCOUNTS; i++) {
                if (!closed[i] && price <= market.triggers[i]) {
                    closed[i] = true;
                    changed = true;
                    sold += market.lots[i];
                    price = SPOT - SHOCK - market.impact.move(sold * LOT);
                }
            }
        }
        return price;
    }
}
