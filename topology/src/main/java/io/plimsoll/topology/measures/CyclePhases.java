package io.plimsoll.topology.measures;

import io.plimsoll.risk.cycle.CycleHistory;
import io.plimsoll.risk.cycle.CyclePhase;
import io.plimsoll.risk.cycle.CycleSignals;
import io.plimsoll.risk.cycle.CycleStanding;
import io.plimsoll.risk.cycle.LeverageCycle;
import io.plimsoll.schemas.avro.CycleMeasures;
import io.plimsoll.topology.avro.CycleMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Phases of the leverage cycle, of markets or of markets added up: judged hour by hour, told in between. */
final class CyclePhases {

    private final KeyValueStore<String, CycleMemory> phases;
    private final Map<String, Judged> judged = new HashMap<>();

    /** What an hour comes to. */
    private record Judged(CycleSignals signals, boolean ofVenue, long historyMs, int samples) {}

    CyclePhases(KeyValueStore<String, CycleMemory> phases) {
        this.phases = phases;
    }

    /**
     * Judges an hour.
     *
     * @param hours each series by the hour, up to this one
     * @param hourMs beginning of the hour, epoch milliseconds
     */
    void judge(String subject, Function<Series, double[]> hours, long hourMs) {
        Judged hour = judged(hours);
        judged.put(subject, hour);
        if (hour.samples() < CycleSignals.FEWEST_HOURS) {
            return;
        }
        CycleMemory before = phases.get(subject);
        CycleStanding standing = LeverageCycle.next(
                before == null ? CycleStanding.beginning(hourMs) : standing(before), hour.signals(), hourMs);
        phases.put(
                subject,
                new CycleMemory(
                        standing.phase().name(),
                        standing.sinceMs(),
                        standing.candidate().name(),
                        standing.candidateSinceMs(),
                        hourMs));
    }

    /** What the hour judged last came to; where none was since the start, it is worked out anew. */
    CycleMeasures measures(String subject, Function<Series, double[]> hours) {
        Judged hour = judged.computeIfAbsent(subject, unknown -> judged(hours));
        CycleMeasures written = new CycleMeasures();
        CycleSignals signals = hour.signals();
        written.setOfVenueOpenInterest(hour.ofVenue());
        written.setOpenInterestChange(orNull(signals.openInterestChange()));
        written.setOpenInterestTrendScore(orNull(signals.openInterestTrend()));
        written.setOpenInterestScore(orNull(signals.openInterest()));
        written.setLeverageScore(orNull(signals.leverage()));
        written.setBasisScore(orNull(signals.basis()));
        written.setFundingScore(orNull(signals.funding()));
        written.setSkewScore(orNull(signals.skew()));
        written.setDepthScore(orNull(signals.depth()));
        written.setForcedScore(orNull(signals.forced()));
        written.setHistoryMs(hour.historyMs());
        written.setSamples(hour.samples());
        CycleMemory memory = phases.get(subject);
        if (memory != null) {
            written.setPhase(phase(memory.getPhase()));
            written.setPhaseSinceMs(memory.getSinceMs());
            written.setCandidate(phase(memory.getCandidate()));
            written.setCandidateSinceMs(memory.getCandidateSinceMs());
            written.setJudgedAtMs(memory.getJudgedMs());
        }
        return written;
    }

    private static Judged judged(Function<Series, double[]> hours) {
        double[] ofVenue = hours.apply(Series.VENUE_OPEN_INTEREST);
        boolean venue = Grid.known(ofVenue) >= CycleSignals.FEWEST_HOURS;
        double[] openInterest = venue ? ofVenue : hours.apply(Series.OPEN_INTEREST);
        CycleSignals signals = CycleSignals.of(new CycleHistory(
                openInterest,
                hours.apply(Series.LEVERAGE),
                hours.apply(Series.BASIS),
                hours.apply(Series.FUNDING),
                hours.apply(Series.SKEW),
                hours.apply(Series.DEPTH_USD),
                hours.apply(Series.FORCED_USD)));
        return new Judged(signals, venue, Grid.HOURS.spanMs(openInterest), Grid.known(openInterest));
    }

    private static CycleStanding standing(CycleMemory memory) {
        return new CycleStanding(
                CyclePhase.valueOf(memory.getPhase()),
                memory.getSinceMs(),
                CyclePhase.valueOf(memory.getCandidate()),
                memory.getCandidateSinceMs());
    }

    private static io.plimsoll.schemas.avro.CyclePhase phase(String name) {
        return io.plimsoll.schemas.avro.CyclePhase.valueOf(name);
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
