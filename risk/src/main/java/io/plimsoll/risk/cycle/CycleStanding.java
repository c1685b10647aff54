package io.plimsoll.risk.cycle;

/**
 * A market's phase, and which one it may go over to.
 *
 * @param phase in force
 * @param sinceMs event time at which it began, epoch milliseconds
 * @param candidate what the signals say; the phase in force where they say nothing else
 * @param candidateSinceMs event time since which they have said it, epoch milliseconds
 */
public record CycleStanding(CyclePhase phase, long sinceMs, CyclePhase candidate, long candidateSinceMs) {

    /** Where a market begins of which nothing is known. */
    public static CycleStanding beginning(long nowMs) {
        return new CycleStanding(CyclePhase.CALM, nowMs, CyclePhase.CALM, nowMs);
    }
}
