package io.plimsoll.topology.survey;

import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.DepthQuality;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.MarketReport;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.depth.ImpactBases;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How old and how good all inputs of a survey are together: the worst of each. */
final class SurveyInputs {

    private long asOfMs;
    private long oldestMs;
    private MarketImpact.@Nullable Source source;
    private DepthState state = DepthState.LIVE;
    private long oldestDepthMs = Long.MAX_VALUE;
    private int leftOut;
    private long covered;
    private long coveredLongs;
    private long coveredShorts;

    /**
     * The inputs of a survey.
     *
     * @param looksAsOfMs event time up to which the looks at accounts go, epoch milliseconds
     * @param looksBeganMs event time at which the oldest of them began
     */
    SurveyInputs(Collection<MarketReport> reports, long looksAsOfMs, long looksBeganMs) {
        asOfMs = looksAsOfMs;
        oldestMs = looksBeganMs;
        reports.forEach(this::add);
    }

    private void add(MarketReport report) {
        MarketSummary summary = report.getSummary();
        asOfMs = Math.max(asOfMs, summary.getAsOfMs());
        if (report.getAsset()) {
            return;
        }
        oldestMs = Math.min(oldestMs, summary.getAsOfMs() - summary.getStalenessMs());
        ImpactBasis impact = report.getImpact();
        MarketImpact.Source itsSource = ImpactBases.source(impact);
        if (itsSource != null) {
            source = source == null || itsSource.compareTo(source) > 0 ? itsSource : source;
        }
        if (impact.getDepthTimeMs() > 0) {
            oldestDepthMs = Math.min(oldestDepthMs, impact.getDepthTimeMs());
            oldestMs = Math.min(oldestMs, impact.getDepthTimeMs());
        }
        DepthState itsState = DepthState.valueOf(impact.getDepthState());
        state = itsState.compareTo(state) > 0 ? itsState : state;
        leftOut += impact.getDepthBandsLeftOut();
        Long reported = summary.getVenueOpenInterestMicroUsd();
        if (reported != null) {
            covered = Math.addExact(covered, reported);
            coveredLongs = Math.addExact(coveredLongs, summary.getLongNotionalMicroUsd());
            coveredShorts = Math.addExact(coveredShorts, summary.getShortNotionalMicroUsd());
        }
    }

    long asOfMs() {
        return asOfMs;
    }

    long stalenessMs() {
        return Math.max(0, asOfMs - oldestMs);
    }

    /** Whether the impact of any market is known. */
    boolean knowImpact() {
        return source != null;
    }

    /** Writes them into a record of cascade risk. */
    void describe(CascadeRisk risk) {
        risk.setAsOfMs(asOfMs);
        risk.setStalenessMs(stalenessMs());
        risk.setCoverageLong(coverage(coveredLongs));
        risk.setCoverageShort(coverage(coveredShorts));
        risk.setImpactSource(source == null ? ImpactSource.NONE : ImpactSource.valueOf(source.name()));
        risk.setDepthState(DepthQuality.valueOf(state.name()));
        risk.setDepthTimeMs(oldestDepthMs == Long.MAX_VALUE ? null : (Long) oldestDepthMs);
        risk.setDepthBandsLeftOut(leftOut);
    }

    private @Nullable Double coverage(long observed) {
        return covered > 0 ? (Double) ((double) observed / (double) covered) : null;
    }
}
