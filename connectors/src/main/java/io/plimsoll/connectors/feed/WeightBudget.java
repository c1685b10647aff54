package io.plimsoll.connectors.feed;

/**
 * A token bucket that keeps requests within a venue's rate limit. Weights are the venue's own; the bucket starts full and
 * refills evenly. Not for several threads.
 */
public final class WeightBudget {

    private static final double MS_PER_MINUTE = 60_000;

    private final double capacity;
    private final double perMs;

    private double available;
    private long countedToMs;
    private long closedUntilMs = Long.MIN_VALUE;

    /**
     * @param perMinute weight that may be used in any minute in the long run, > 0
     * @param burst weight that may be used at once, > 0; a venue that counts by the minute sees at most
     *     {@code burst + perMinute} in its first one
     */
    public WeightBudget(double perMinute, double burst, long nowMs) {
        if (!(perMinute > 0 && burst > 0)) {
            throw new IllegalArgumentException("a budget of " + perMinute + " a minute and " + burst + " at once");
        }
        this.capacity = burst;
        this.perMs = perMinute / MS_PER_MINUTE;
        this.available = burst;
        this.countedToMs = nowMs;
    }

    /**
     * Takes the weight if it is there. What weighs more than the bucket holds goes when the bucket is full, and leaves it
     * in debt.
     */
    public boolean take(double weight, long nowMs) {
        refill(nowMs);
        if (nowMs < closedUntilMs || available < Math.min(weight, capacity)) {
            return false;
        }
        available -= weight;
        return true;
    }

    /** Takes weight that the venue counts after the fact, such as by the length of its answer; may leave a debt. */
    public void charge(double weight, long nowMs) {
        refill(nowMs);
        available -= weight;
    }

    /** The venue has refused a request for being one too many: nothing goes until then, and then a little at a time. */
    public void refused(long untilMs, long nowMs) {
        refill(nowMs);
        closedUntilMs = Math.max(closedUntilMs, untilMs);
        available = Math.min(available, 0);
    }

    /** Weight that can be taken at once; negative is a debt. */
    public double available(long nowMs) {
        refill(nowMs);
        return available;
    }

    private void refill(long nowMs) {
        if (nowMs > countedToMs) {
            available = Math.min(capacity, available + (nowMs - countedToMs) * perMs);
        }
        countedToMs = Math.max(countedToMs, nowMs);
    }
}
