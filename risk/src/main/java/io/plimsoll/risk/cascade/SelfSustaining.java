package io.plimsoll.risk.cascade;

/**
 * Which jumps of the resting price are tipping points. Each trigger makes a jump, at least of its own impact; what feeds
 * itself takes others with it.
 *
 * @param rungs least number of rungs that it swallows, at least 1
 * @param gap least distance that it jumps, in the coordinate, >= 0
 */
public record SelfSustaining(int rungs, double gap) {

    /** At least two buckets, and 50 basis points. */
    public static final SelfSustaining DEFAULT = new SelfSustaining(2, 0.005);

    public SelfSustaining {
        if (rungs < 1) {
            throw new IllegalArgumentException("rungs is " + rungs + ", allowed is 1 or more");
        }
        Checks.atLeast0("gap", gap);
    }

    boolean holds(TippingPoint jump) {
        return jump.rungs() >= rungs && jump.gap() >= gap;
    }
}
