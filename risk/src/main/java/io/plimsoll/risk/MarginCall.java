package io.plimsoll.risk;

/** How near a pool is to its line, by margin ratio: requirement over backing. */
public enum MarginCall {
    OK,
    WATCH,
    MARGIN_CALL,
    LIQUIDATABLE,
    BANKRUPT;

    /**
     * Where the states begin. LIQUIDATABLE and BANKRUPT are facts: they begin and end at a ratio of 1 and at equity 0.
     * The others end a little below where they began, so that an account that hovers there does not flap.
     *
     * @param watch margin ratio at which WATCH begins, between 0 and 1
     * @param call margin ratio at which MARGIN_CALL begins, more than watch and less than 1
     * @param hysteresis how far below its beginning a state ends, as a fraction of it; 0 or more and less than 1
     */
    public record Levels(double watch, double call, double hysteresis) {

        public static final Levels DEFAULT = new Levels(0.5, 0.8, 0.05);

        public Levels {
            if (!(watch > 0 && watch < call && call < 1)) {
                throw new IllegalArgumentException(
                        "watch ratio is " + watch + " and call ratio " + call + ", allowed is 0 < watch < call < 1");
            }
            if (!(hysteresis >= 0 && hysteresis < 1)) {
                throw new IllegalArgumentException(
                        "hysteresis is " + hysteresis + ", allowed is 0 or more and less than 1");
            }
        }

        double end(double begin) {
            return begin * (1 - hysteresis);
        }
    }

    /** The state of a pool, given the one before. */
    public static MarginCall of(MarginPool pool, Prices prices, MarginCall before, Levels levels) {
        double backing = pool.backing(prices);
        double requirement = pool.requirement(prices);
        return of(pool.equity(prices), backing, requirement, before, levels);
    }

    static MarginCall of(double equity, double backing, double requirement, MarginCall before, Levels levels) {
        if (equity < 0) {
            return BANKRUPT;
        }
        if (backing < requirement) {
            return LIQUIDATABLE;
        }
        if (reaches(levels.call(), backing, requirement, before.compareTo(MARGIN_CALL) >= 0, levels)) {
            return MARGIN_CALL;
        }
        return reaches(levels.watch(), backing, requirement, before.compareTo(WATCH) >= 0, levels) ? WATCH : OK;
    }

    private static boolean reaches(double begin, double backing, double requirement, boolean held, Levels levels) {
        double level = held ? levels.end(begin) : begin;
        return requirement > 0 && requirement >= level * backing;
    }

    /** The worse of two. */
    public MarginCall or(MarginCall other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
