package io.plimsoll.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Who has been silent for a while: what comes first after a pause need not wait until it is time for all, as in a storm it
 * must, so that what follows costs no more.
 */
public final class Pauses {

    private final long longestMs;
    private final Map<String, Long> lastMsByName = new HashMap<>();

    /**
     * Pauses of all, as nobody has been heard yet.
     *
     * @param longest after which the next need not wait
     */
    public Pauses(Duration longest) {
        this.longestMs = longest.toMillis();
    }

    /**
     * Whether there has been nothing of that name for so long.
     *
     * @param nowMs wall-clock time, epoch milliseconds
     */
    public boolean isOver(String name, long nowMs) {
        Long last = lastMsByName.get(name);
        // Its absolute value, as clocks are set back.
        return last == null || Math.abs(nowMs - last) >= longestMs;
    }

    /** There is something of that name now. */
    public void end(String name, long nowMs) {
        lastMsByName.put(name, nowMs);
    }
}
