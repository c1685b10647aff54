package io.plimsoll.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Gives each of many things a moment of its own within an interval, always the same one: done all at once, they would hold
 * up everything else for as long as they take together.
 */
public final class Turns {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final long intervalMs;
    private long lastMs;

    /**
     * Turns that begin now.
     *
     * @param interval from one turn to the next, at least a millisecond
     * @param nowMs wall-clock time, epoch milliseconds
     */
    public Turns(Duration interval, long nowMs) {
        this.intervalMs = interval.toMillis();
        this.lastMs = nowMs;
        if (intervalMs < 1) {
            throw new IllegalArgumentException("interval is " + interval + ", allowed is a millisecond or more");
        }
    }

    /**
     * Takes out those whose turn has come since the last call: all of them after a whole interval.
     *
     * @param nowMs wall-clock time, epoch milliseconds
     */
    public List<String> take(Set<String> due, long nowMs) {
        List<String> taken = new ArrayList<>();
        for (Iterator<String> all = due.iterator(); all.hasNext(); ) {
            String name = all.next();
            long moment = moment(name);
            if (Math.floorDiv(nowMs - moment, intervalMs) != Math.floorDiv(lastMs - moment, intervalMs)) {
                taken.add(name);
                all.remove();
            }
        }
        lastMs = nowMs;
        return taken;
    }

    /** Milliseconds after the beginning of an interval. */
    private long moment(String name) {
        return (name.hashCode() * SPREAD >>> 1) % intervalMs;
    }
}
