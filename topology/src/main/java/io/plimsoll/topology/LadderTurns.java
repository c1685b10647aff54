package io.plimsoll.topology;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Says when to write which market's ladder: each once in an interval, at a moment of its own, so that nothing else waits
 * for all of them; and later than that where they would be more rungs than a task is to write, but not much later.
 */
public final class LadderTurns {

    private static final double SECOND_MS = 1_000;

    private final Turns turns;
    private final double perMs;
    private final double mostSaved;
    private final long longestMs;
    private final Set<String> waiting = new LinkedHashSet<>();
    private double allowed;
    private double mustWrite;
    private long lastMs;

    /**
     * Turns that begin now.
     *
     * @param interval from one ladder of a market to the next
     * @param perSecond rungs that are written in a second at most, unless ladders would come too seldom
     * @param longest interval, however many rungs there are
     * @param nowMs wall-clock time, epoch milliseconds
     */
    public LadderTurns(Duration interval, double perSecond, Duration longest, long nowMs) {
        this.turns = new Turns(interval, nowMs);
        this.perMs = perSecond / SECOND_MS;
        this.mostSaved = perMs * interval.toMillis();
        this.longestMs = longest.toMillis();
        this.lastMs = nowMs;
    }

    /**
     * Writes ladders whose turn it is.
     *
     * @param nowMs wall-clock time; what is due is due sooner where it was set back
     * @param due markets whose ladder may have changed; those whose turn has come are taken out
     * @param write writes a market's ladder, and says how many rungs that were
     */
    public void step(long nowMs, Set<String> due, ToIntFunction<String> write) {
        waiting.addAll(turns.take(due, nowMs));
        long passedMs = Math.max(0, nowMs - lastMs);
        lastMs = nowMs;
        allowed = Math.min(mostSaved, allowed + perMs * passedMs);
        mustWrite = waiting.isEmpty() ? 0 : mustWrite + (double) waiting.size() * passedMs / longestMs;
        for (Iterator<String> next = waiting.iterator(); next.hasNext() && (allowed > 0 || mustWrite >= 1); ) {
            String market = next.next();
            next.remove();
            int rungs = write.applyAsInt(market);
            allowed = Math.max(-mostSaved, allowed - rungs);
            mustWrite = Math.max(0, mustWrite - 1);
        }
    }
}
