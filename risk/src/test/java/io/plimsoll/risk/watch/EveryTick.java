package io.plimsoll.risk.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The banded index against the evaluation of every account on every tick: who is liquidatable must agree on each of
 * 5,000 ticks of ten prices, among them a crash. Once with accounts that are closed when they become liquidatable, as a
 * venue does, and once with accounts that stay and may come back: then crossings are looked for both ways, and after the
 * crash thousands of accounts lie about their line.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EveryTick {

    private static final long SEED = 20_251_010;
    private static final int ACCOUNTS = 20_000;
    private static final int INSTRUMENTS = 10;
    private static final int TICKS = 5_000;
    private static final int CRASH_FROM = 3_000;
    private static final int CRASH_TICKS = 300;
    private static final int WORDS = (ACCOUNTS + Long.SIZE - 1) / Long.SIZE;

    private final double[][] ticks = pricePath(new Random(SEED));
    private final WatchedAccounts accounts = accounts(ACCOUNTS, ticks[0], new Random(SEED + 1));
    /** By tick, a bit per account. */
    private final long[][] liquidatable = new long[TICKS + 1][WORDS];
    /** The same for those that are or were. */
    private final long[][] closed = new long[TICKS + 1][WORDS];

    private double naiveMs;

    /** The accounts: all solvent at the given prices, about half of them with one instrument. */
    abstract WatchedAccounts accounts(int count, double[] prices, Random random);

    @BeforeAll
    void evaluateEveryAccountOnEveryTick() {
        long start = System.nanoTime();
        for (int tick = 0; tick <= TICKS; tick++) {
            for (int account = 0; account < ACCOUNTS; account++) {
                mark(liquidatable[tick], account, accounts.marginUsd(account, ticks[tick]) < 0);
            }
        }
        naiveMs = (System.nanoTime() - start) / 1e6;
        closed[0] = liquidatable[0];
        for (int tick = 1; tick <= TICKS; tick++) {
            for (int i = 0; i < WORDS; i++) {
                closed[tick][i] = closed[tick - 1][i] | liquidatable[tick][i];
            }
        }
    }

    @Test
    void shouldBeAScenarioWithCrossingsBothWays() {
        long exact = 0;
        for (int account = 0; account < ACCOUNTS; account++) {
            exact += accounts.hasExactLine(account) ? 1 : 0;
        }
        long fell = 0;
        long cameBack = 0;
        for (int tick = 1; tick <= TICKS; tick++) {
            fell += without(liquidatable[tick], liquidatable[tick - 1]);
            cameBack += without(liquidatable[tick - 1], liquidatable[tick]);
        }
        long atEndOfCrash = without(liquidatable[CRASH_FROM + CRASH_TICKS], liquidatable[CRASH_FROM]);

        System.out.printf(
                "scenario: %d accounts, %d with one instrument, %d ticks; %d crossings, %d back; newly liquidatable by"
                        + " the crash %d%n",
                ACCOUNTS, exact, TICKS, fell, cameBack, atEndOfCrash);
        assertThat(without(liquidatable[0], new long[WORDS])).isZero();
        assertThat(exact).isBetween(ACCOUNTS * 45L / 100, ACCOUNTS * 55L / 100);
        assertThat(atEndOfCrash).isGreaterThan(ACCOUNTS / 10);
        assertThat(cameBack).isGreaterThan(1_000);
    }

    @ParameterizedTest(name = "closing {0}, theta {1}: at least {2} times fewer evaluations")
    @CsvSource({
        "true, 0.10, 100",
        "true, 0.25, 250",
        "true, 0.50, 500",
        "false, 0.10, 40",
        "false, 0.25, 100",
        "false, 0.50, 150"
    })
    void shouldKnowOnEveryTickWhoIsLiquidatable(boolean closing, double theta, double leastRatio) {
        BandedRun run = new BandedRun(closing, theta);
        long[][] expected = closing ? closed : liquidatable;
        long missed = 0;
        long wrong = 0;

        for (int tick = 1; tick <= TICKS; tick++) {
            run.tick(tick);
            missed += without(expected[tick], run.state);
            wrong += without(run.state, expected[tick]);
            run.noteDrift(tick);
        }

        run.print(naiveMs / TICKS);
        assertThat(missed).describedAs("missed, seed %d", SEED).isZero();
        assertThat(wrong).describedAs("false, seed %d", SEED).isZero();
        assertThat(run.mostDrift).describedAs("bound of the error").isBetween(theta / 2, theta * (1 + 1e-9));
        assertThat(Arrays.stream(run.evaluations).sum()).isEqualTo((double) run.watch.looks());
        assertThat(ACCOUNTS / run.meanEvaluations(1, TICKS + 1))
                .describedAs("naive evaluations per banded one")
                .isGreaterThan(leastRatio);
    }

    /** The accounts under watch: on a look an account is evaluated and gets new bands. */
    private final class BandedRun {

        final PriceWatch watch = new PriceWatch();
        final long[] state = new long[WORDS];
        final double[] evaluations = new double[TICKS + 1];
        double mostDrift;

        private final boolean closing;
        private final double theta;
        private final double[] nanos = new double[TICKS + 1];
        private final int[] accountOf = new int[ACCOUNTS];
        private final double[] lastMargin = new double[ACCOUNTS];
        private final IntConsumer look = this::look;
        private double[] prices = ticks[0];

        BandedRun(boolean closing, double theta) {
            this.closing = closing;
            this.theta = theta;
            watch.prices(prices, look);
            for (int account = 0; account < ACCOUNTS; account++) {
                int slot = watch.add();
                accountOf[slot] = account;
                look(slot);
            }
        }

        void tick(int tick) {
            prices = ticks[tick];
            long looksBefore = watch.looks();
            long start = System.nanoTime();
            watch.prices(prices, look);
            nanos[tick] = System.nanoTime() - start;
            evaluations[tick] = watch.looks() - looksBefore;
        }

        private void look(int slot) {
            int account = accountOf[slot];
            lastMargin[account] = accounts.marginUsd(account, prices);
            boolean liquidatable = accounts.look(account, prices, theta, watch, slot);
            mark(state, account, liquidatable);
            if (closing && liquidatable) {
                watch.remove(slot);
            }
        }

        /** How far margins are from those of the last look, relative: bounded by theta where the line is not exact. */
        void noteDrift(int tick) {
            for (int account = tick % 50; account < ACCOUNTS; account += 50) {
                boolean watched = !closing || lastMargin[account] >= 0;
                if (watched && !accounts.hasExactLine(account)) {
                    double change = accounts.marginUsd(account, prices) - lastMargin[account];
                    mostDrift = Math.max(mostDrift, Math.abs(change / lastMargin[account]));
                }
            }
        }

        double meanEvaluations(int from, int to) {
            return mean(evaluations, from, to);
        }

        void print(double naiveMsPerTick) {
            int crashEnd = CRASH_FROM + CRASH_TICKS;
            double all = meanEvaluations(1, TICKS + 1);
            double calm = meanEvaluations(1, CRASH_FROM);
            System.out.printf(
                    "theta %.2f, %s: evaluations per tick %.1f (x%.0f fewer than %d), before the crash %.1f (x%.0f),"
                            + " in it %.1f, after it %.1f, most %.0f%n",
                    theta,
                    closing ? "closing" : "staying",
                    all,
                    ACCOUNTS / all,
                    ACCOUNTS,
                    calm,
                    ACCOUNTS / calm,
                    meanEvaluations(CRASH_FROM, crashEnd),
                    meanEvaluations(crashEnd, TICKS + 1),
                    Arrays.stream(evaluations).max().orElseThrow());
            System.out.printf(
                    "    most error / distance %.4f; pops %d, scans %d; %d thresholds in %d bytes; microseconds per tick"
                            + " %.1f before, %.1f in, %.1f after the crash; naive %.1f%n",
                    mostDrift,
                    watch.pops(),
                    watch.scans(),
                    watch.thresholds(),
                    watch.bytes(),
                    mean(nanos, 1, CRASH_FROM) / 1e3,
                    mean(nanos, CRASH_FROM, crashEnd) / 1e3,
                    mean(nanos, crashEnd, TICKS + 1) / 1e3,
                    naiveMsPerTick * 1e3);
        }
    }

    /**
     * A common factor and a part of each instrument's own, 0.04 to 0.07 % per tick. In the crash five times that, a fall
     * of about 30 %, half of which is made good again, and two ticks on which prices gap by 4 %.
     */
    private static double[][] pricePath(Random random) {
        double[][] path = new double[TICKS + 1][INSTRUMENTS];
        for (int i = 0; i < INSTRUMENTS; i++) {
            path[0][i] = Math.pow(10, 5 - i);
        }
        for (int tick = 1; tick <= TICKS; tick++) {
            int into = tick - CRASH_FROM;
            boolean crash = into >= 0 && into < CRASH_TICKS;
            double volatility = crash ? 5 : 1;
            double drift = !crash ? 0 : into < 200 ? -0.0015 : 0.0015;
            double gap = into == 60 || into == 120 ? -0.04 : 0;
            double common = 0.0004 * volatility * random.nextGaussian() + drift + gap;
            for (int i = 0; i < INSTRUMENTS; i++) {
                double own = (0.0003 + 0.00003 * i) * volatility * random.nextGaussian();
                path[tick][i] = path[tick - 1][i] * Math.exp(common * (0.8 + 0.05 * i) + own);
            }
        }
        return path;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    private static void mark(long[] bits, int index, boolean set) {
        long bit = 1L << index;
        if (set) {
            bits[index / Long.SIZE] |= bit;
        } else {
            bits[index / Long.SIZE] &= ~bit;
        }
    }

    /** How many are in the first and not in the second. */
    private static long without(long[] first, long[] second) {
        long count = 0;
        for (int i = 0; i < WORDS; i++) {
            count += Long.bitCount(first[i] & ~second[i]);
        }
        return count;
    }
}
