package io.plimsoll.risk.alert;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an alert rests on: when the newest observation was, how good it was, and what its numbers are mainly made of. Changed in
 * place: most observations change nothing else.
 */
final class Evidence {

    private long timeMs;
    private long stalenessMs;
    private @Nullable Double coverageLong;
    private @Nullable Double coverageShort;
    private List<Contributor> contributors = List.of();

    /**
     * Takes another observation. Of one that names no contributors those before stay, and of one that says nothing of
     * coverage, as order books do not, what was said before.
     */
    void take(Observation observation) {
        timeMs = observation.asOfMs();
        stalenessMs = observation.stalenessMs();
        if (observation.coverageLong() != null || observation.coverageShort() != null) {
            coverageLong = observation.coverageLong();
            coverageShort = observation.coverageShort();
        }
        contributors = observation.contributors().isEmpty() ? contributors : observation.contributors();
    }

    /** Takes what was kept. */
    void take(StandingMemory memory) {
        timeMs = memory.evidenceMs();
        stalenessMs = memory.stalenessMs();
        coverageLong = memory.coverageLong();
        coverageShort = memory.coverageShort();
        contributors = memory.contributors();
    }

    /** Forgets what may have been said by records before the newest. */
    void forget() {
        coverageLong = null;
        coverageShort = null;
        contributors = List.of();
    }

    /** Event time of the newest observation, epoch milliseconds. */
    long timeMs() {
        return timeMs;
    }

    /** Age of the oldest input then, milliseconds. */
    long stalenessMs() {
        return stalenessMs;
    }

    /** Age of the oldest input at an event time, milliseconds. */
    long stalenessMs(long atMs) {
        return stalenessMs + Math.max(0, atMs - timeMs);
    }

    @Nullable
    Double coverageLong() {
        return coverageLong;
    }

    @Nullable
    Double coverageShort() {
        return coverageShort;
    }

    List<Contributor> contributors() {
        return contributors;
    }
}
