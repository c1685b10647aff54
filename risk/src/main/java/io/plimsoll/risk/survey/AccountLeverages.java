package io.plimsoll.risk.survey;

import io.plimsoll.risk.Side;
import io.plimsoll.risk.scenario.Saturating;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the leverage of accounts is spread. Each is a function of one account and its prices alone; they add up exactly.
 *
 * @param longs accounts whose longs are worth as much as their shorts, or more
 * @param shorts the others
 * @param bySize gross leverage of both, by the band of the account's equity
 */
public record AccountLeverages(OfSide longs, OfSide shorts, SortedMap<Integer, LeverageCells> bySize) {

    /** Lower edges of the bands of equity, US dollars; each goes to the next, the last has no end. */
    private static final double[] SIZES = {0, 1e3, 1e4, 1e5, 1e6, 1e7};

    /** Nobody. */
    public static final AccountLeverages NONE = new AccountLeverages(OfSide.NONE, OfSide.NONE, new TreeMap<>());

    public AccountLeverages {
        bySize = Merged.frozen(bySize);
    }

    /**
     * Accounts that are on balance on one side.
     *
     * @param gross by gross notional over equity
     * @param commitment by what is left of that where longs and shorts of one asset are netted, over equity
     * @param withoutEquity accounts whose equity is not above 0, in none of the cells; count
     * @param withoutEquityMicroUsd their gross notional, micro-dollars
     */
    public record OfSide(
            LeverageCells gross, LeverageCells commitment, long withoutEquity, long withoutEquityMicroUsd) {

        public static final OfSide NONE = new OfSide(LeverageCells.NONE, LeverageCells.NONE, 0, 0);

        OfSide plus(OfSide other) {
            return new OfSide(
                    gross.plus(other.gross),
                    commitment.plus(other.commitment),
                    withoutEquity + other.withoutEquity,
                    Saturating.add(withoutEquityMicroUsd, other.withoutEquityMicroUsd));
        }
    }

    /** The accounts of a side. */
    public OfSide of(Side side) {
        return side == Side.LONG ? longs : shorts;
    }

    /** How many bands of equity there are. */
    public static int sizes() {
        return SIZES.length;
    }

    /** Lower edge of a band of equity, inside, US dollars; infinite for the one after the last. */
    public static double sizeFromUsd(int size) {
        return size < SIZES.length ? SIZES[size] : Double.POSITIVE_INFINITY;
    }

    /** Both together. */
    public AccountLeverages plus(AccountLeverages other) {
        return new AccountLeverages(
                longs.plus(other.longs),
                shorts.plus(other.shorts),
                Merged.of(bySize, other.bySize, LeverageCells::plus));
    }

    /** Adds accounts one by one. */
    static final class Tally {
        private final SideTally longs = new SideTally();
        private final SideTally shorts = new SideTally();
        private final SortedMap<Integer, LeverageCells.Tally> bySize = new TreeMap<>();

        private static final class SideTally {
            private final LeverageCells.Tally gross = new LeverageCells.Tally();
            private final LeverageCells.Tally commitment = new LeverageCells.Tally();
            private long withoutEquity;
            private long withoutEquityMicroUsd;

            OfSide sum() {
                return new OfSide(gross.sum(), commitment.sum(), withoutEquity, withoutEquityMicroUsd);
            }
        }

        /**
         * Adds an account that has equity; all in US dollars.
         *
         * @param equityUsd above 0
         * @param grossUsd above 0
         * @param commitmentUsd 0 to grossUsd
         * @param netUsd its longs less its shorts
         */
        void add(double equityUsd, double grossUsd, double commitmentUsd, double netUsd) {
            SideTally side = side(netUsd);
            side.gross.add(grossUsd, equityUsd);
            side.commitment.add(commitmentUsd, equityUsd);
            bySize.computeIfAbsent(size(equityUsd), none -> new LeverageCells.Tally())
                    .add(grossUsd, equityUsd);
        }

        /** Adds an account that has none. */
        void addWithoutEquity(double grossUsd, double netUsd) {
            SideTally side = side(netUsd);
            side.withoutEquity++;
            side.withoutEquityMicroUsd = Saturating.add(side.withoutEquityMicroUsd, Saturating.microUsd(grossUsd));
        }

        private SideTally side(double netUsd) {
            return netUsd >= 0 ? longs : shorts;
        }

        private static int size(double equityUsd) {
            int size = SIZES.length - 1;
            while (equityUsd < SIZES[size]) {
                size--;
            }
            return size;
        }

        AccountLeverages sum() {
            SortedMap<Integer, LeverageCells> sizes = new TreeMap<>();
            bySize.forEach((size, tally) -> sizes.put(size, tally.sum()));
            return new AccountLeverages(longs.sum(), shorts.sum(), sizes);
        }
    }
}
