package io.plimsoll.risk.survey;

import io.plimsoll.risk.Ranks;
import io.plimsoll.risk.scenario.Saturating;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Accounts by their leverage, in cells of 1 %. Whole numbers: they add up exactly, in any order.
 *
 * @param cells who is in a cell; its number rises with leverage, cells without anybody are not there
 */
public record LeverageCells(SortedMap<Integer, Cell> cells) {

    /** Width of a cell in ln(leverage). A quantile is told as the middle of its cell, so it is off by 0.5 % at most. */
    public static final double WIDTH = 0.01;

    /** Less is told as 0. */
    public static final double LEAST = 1e-3;

    /** More is told as this. */
    public static final double MOST = 1e6;

    private static final int LAST = (int) (StrictMath.log(MOST) / WIDTH);
    private static final int NOTHING = (int) (StrictMath.log(LEAST) / WIDTH) - 2;

    /** Nobody. */
    public static final LeverageCells NONE = new LeverageCells(new TreeMap<>());

    /**
     * Accounts of about the same leverage.
     *
     * @param accounts count
     * @param notionalMicroUsd what they hold, in the sense of the leverage, micro-dollars
     */
    public record Cell(long accounts, long notionalMicroUsd) {

        Cell plus(Cell other) {
            return new Cell(accounts + other.accounts, Saturating.add(notionalMicroUsd, other.notionalMicroUsd));
        }
    }

    public LeverageCells {
        cells = Merged.frozen(cells);
    }

    /** Adds accounts one by one. */
    static final class Tally {
        private final long[] accounts = new long[LAST - NOTHING + 1];
        private final long[] notionalMicroUsd = new long[LAST - NOTHING + 1];

        /**
         * Adds an account.
         *
         * @param notionalUsd from 0 on
         * @param equityUsd above 0
         */
        void add(double notionalUsd, double equityUsd) {
            int cell = cell(notionalUsd / equityUsd) - NOTHING;
            accounts[cell]++;
            notionalMicroUsd[cell] = Saturating.add(notionalMicroUsd[cell], Saturating.microUsd(notionalUsd));
        }

        LeverageCells sum() {
            SortedMap<Integer, Cell> cells = new TreeMap<>();
            for (int i = 0; i < accounts.length; i++) {
                if (accounts[i] > 0) {
                    cells.put(NOTHING + i, new Cell(accounts[i], notionalMicroUsd[i]));
                }
            }
            return new LeverageCells(cells);
        }
    }

    private static int cell(double leverage) {
        if (leverage < LEAST) {
            return NOTHING;
        }
        return leverage < MOST ? (int) Math.floor(StrictMath.log(leverage) / WIDTH) : LAST;
    }

    private static double middle(int cell) {
        return cell == NOTHING ? 0 : StrictMath.exp((cell + 0.5) * WIDTH);
    }

    /** Both together. */
    public LeverageCells plus(LeverageCells other) {
        return new LeverageCells(Merged.of(cells, other.cells, Cell::plus));
    }

    /** How many there are. */
    public long accounts() {
        return sum(Cell::accounts);
    }

    /** What all hold, in the sense of the leverage, micro-dollars. */
    public long notionalMicroUsd() {
        return sum(Cell::notionalMicroUsd);
    }

    private long sum(ToLongFunction<Cell> part) {
        return cells.values().stream().mapToLong(part).reduce(0, Saturating::add);
    }

    /**
     * The smallest leverage that so many of the accounts do not exceed.
     *
     * @param percent of the accounts, 1 to 100
     * @return ratio, at least 0; null where there is nobody
     */
    public @Nullable Double quantileOfAccounts(int percent) {
        return quantile(percent, Cell::accounts);
    }

    /**
     * The smallest leverage that accounts with so much of the notional do not exceed.
     *
     * @param percent of what all hold, 1 to 100
     * @return ratio, at least 0; null where there is nobody
     */
    public @Nullable Double quantileOfNotional(int percent) {
        return quantile(percent, Cell::notionalMicroUsd);
    }

    private @Nullable Double quantile(int percent, ToLongFunction<Cell> part) {
        long rank = Ranks.upTo(percent, sum(part));
        long reached = 0;
        for (Map.Entry<Integer, Cell> entry : cells.entrySet()) {
            reached = Saturating.add(reached, part.applyAsLong(entry.getValue()));
            if (reached >= rank) {
                return middle(entry.getKey());
            }
        }
        return null;
    }
}
