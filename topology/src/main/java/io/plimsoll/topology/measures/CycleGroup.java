package io.plimsoll.topology.measures;

import io.plimsoll.risk.cycle.CycleHistory;
import io.plimsoll.risk.cycle.CyclePhase;
import io.plimsoll.risk.cycle.CycleSignals;
import io.plimsoll.risk.cycle.CycleStanding;
import io.plimsoll.risk.cycle.LeverageCycle;
import io.plimsoll.schemas.avro.CycleMeasures;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.avro.CycleMemory;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Phases of the leverage cycle: judged where an hour of event time begins, told in between. */
final class CycleGroup implements GroupMeasures {

    static final String PHASES = "measure-phases";

    private final KeyValueStore<String, CycleMemory> phases;
    private final Map<String, Judged> judged = new HashMap<>();

    /** What an hour comes to. */
    private record Judged(CycleSignals signals, boolean ofVenue, long historyMs, int samples) {}

    CycleGroup(KeyValueStore<String, CycleMemory> phases) {
        this.phases = phases;
    }

    @Override
    public void hourBegan(MeasuredMarket market) {
        Judged hour = judge(market.history());
        judged.put(market.market(), hour);
        if (hour.samples() < CycleSignals.FEWEST_HOURS) {
            return;
        }
        long hourMs = market.history().newestMs(Grid.HOURS);
        CycleMemory before = phases.get(market.market());
        CycleStanding standing = LeverageCycle.next(
                before == null ? CycleStanding.beginning(hourMs) : standing(before), hour.signals(), hourMs);
        phases.put(
                market.market(),
                new CycleMemory(
                        standing.phase().name(),
                        standing.sinceMs(),
                        standing.candidate().name(),
                        standing.candidateSinceMs(),
                        hourMs));
    }

    @Override
    public void write(MeasuredMarket market, MeasureSet into) {
        Judged hour = judged.computeIfAbsent(market.market(), unknown -> judge(market.history()));
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
        CycleMemory memory = phases.get(market.market());
        if (memory != null) {
            written.setPhase(phase(memory.getPhase()));
            written.setPhaseSinceMs(memory.getSinceMs());
            written.setCandidate(phase(memory.getCandidate()));
            written.setCandidateSinceMs(memory.getCandidateSinceMs());
            written.setJudgedAtMs(memory.getJudgedMs());
        }
        into.setCycle(written);
    }

    private static Judged judge(MarketHistory history) {
        double[] ofVenue = history.hours(Series.VENUE_OPEN_INTEREST);
        boolean venue = Grid.known(ofVenue) >= CycleSignals.FEWEST_HOURS;
        double[] openInterest = venue ? ofVenue : history.hours(Series.OPEN_INTEREST);
        CycleSignals signals = CycleSignals.of(new CycleHistory(
                openInterest,
                history.hours(Series.LEVERAGE),
                history.hours(Series.BASIS),
                history.hours(Series.FUNDING),
                history.hours(Series.SKEW),
                history.hours(Series.DEPTH_USD),
                history.hours(Series.FORCED_USD)));
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
