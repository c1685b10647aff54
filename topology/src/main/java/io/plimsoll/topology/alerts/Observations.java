package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.CollateralState;
import io.plimsoll.schemas.avro.Contagion;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.episodes.ForcedVolume;
import io.plimsoll.topology.episodes.TakenBack;
import java.time.Duration;
import java.util.List;

/** Reads the observations that rules are held against from published records: nothing but the record decides. */
public final class Observations {

    private static final String SYSTEM = "system";

    private Observations() {}

    /** Of a market, from its state. */
    public static Observation of(MarketState state) {
        return new Observation(
                SubjectKind.MARKET,
                Keys.market(state.getVenue(), state.getSymbol()),
                state.getAsOfMs(),
                state.getStalenessMs(),
                state.getCoverageLong(),
                state.getCoverageShort(),
                Metrics.read(SubjectKind.MARKET, MarketStateMetrics.GROUP, state),
                List.of());
    }

    /** Of a market, from its measures. */
    public static Observation of(MeasureSet measures) {
        return new Observation(
                SubjectKind.MARKET,
                Keys.market(measures.getVenue(), measures.getSymbol()),
                measures.getAsOfMs(),
                measures.getStalenessMs(),
                measures.getCoverageLong(),
                measures.getCoverageShort(),
                Metrics.read(SubjectKind.MARKET, MeasureMetrics.GROUP, measures),
                List.of());
    }

    /** Of a market or the system, from what a shock would set off. */
    public static Observation of(CascadeRisk risk) {
        boolean system = risk.getSubject().equals(SYSTEM);
        SubjectKind kind = system ? SubjectKind.SYSTEM : SubjectKind.MARKET;
        return new Observation(
                kind,
                risk.getSubject(),
                risk.getAsOfMs(),
                risk.getStalenessMs(),
                risk.getCoverageLong(),
                risk.getCoverageShort(),
                Metrics.read(kind, system ? CascadeRiskMetrics.SYSTEM : CascadeRiskMetrics.MARKET, risk),
                system ? Contributors.ofSystem(risk) : Contributors.ofMarket(risk));
    }

    /** Of a venue, an asset or the system, from their markets added up. */
    public static Observation of(SystemState state) {
        SubjectKind kind = kind(state.getSubject());
        return new Observation(
                kind,
                state.getSubject(),
                state.getAsOfMs(),
                state.getStalenessMs(),
                state.getCoverageLong(),
                state.getCoverageShort(),
                Metrics.read(kind, SystemStateMetrics.GROUP, state),
                List.of());
    }

    /** Of a venue, an asset or the system, from their measures. */
    public static Observation of(SystemMeasureSet measures) {
        SubjectKind kind = kind(measures.getSubject());
        return new Observation(
                kind,
                measures.getSubject(),
                measures.getAsOfMs(),
                measures.getStalenessMs(),
                measures.getCoverageLong(),
                measures.getCoverageShort(),
                Metrics.read(kind, CycleMetrics.OF_SYSTEM, measures),
                List.of());
    }

    private static SubjectKind kind(String subject) {
        if (subject.equals(SYSTEM)) {
            return SubjectKind.SYSTEM;
        }
        return subject.startsWith("venue:") ? SubjectKind.VENUE : SubjectKind.ASSET;
    }

    /**
     * Of the system, from its record of contagion.
     *
     * @throws IllegalArgumentException for the record of a single market
     */
    public static Observation of(Contagion contagion) {
        if (!contagion.getSubject().equals(SYSTEM)) {
            throw new IllegalArgumentException("contagion is of " + contagion.getSubject() + ", allowed is system");
        }
        return new Observation(
                SubjectKind.SYSTEM,
                SYSTEM,
                contagion.getAsOfMs(),
                contagion.getStalenessMs(),
                null,
                null,
                Metrics.read(SubjectKind.SYSTEM, ContagionMetrics.GROUP, contagion),
                Contributors.of(contagion));
    }

    /** Of the system, from its record of what leverage rests on. */
    public static Observation of(CollateralState state) {
        return new Observation(
                SubjectKind.SYSTEM,
                SYSTEM,
                state.getAsOfMs(),
                state.getStalenessMs(),
                null,
                null,
                Metrics.read(SubjectKind.SYSTEM, CollateralMetrics.GROUP, state),
                Contributors.of(state));
    }

    /** Of the system, from a record that a survey publishes of it. */
    static Observation ofSurvey(Object record) {
        if (record instanceof CascadeRisk risk) {
            return of(risk);
        }
        if (record instanceof Contagion contagion) {
            return of(contagion);
        }
        if (record instanceof CollateralState state) {
            return of(state);
        }
        throw new IllegalArgumentException("no survey publishes " + record);
    }

    /**
     * Of a closed window, {@code subject@size}, at its end: only then is it known what it comes to.
     *
     * @throws IllegalArgumentException for a window that may still change
     */
    public static Observation of(WindowState window) {
        if (!window.getIsFinal()) {
            throw new IllegalArgumentException("the window of " + window.getSubject() + " is not final");
        }
        long endMs = window.getWindowStartMs() + window.getWindowSizeMs();
        return new Observation(
                SubjectKind.WINDOW,
                window.getSubject() + '@' + MonitorStores.label(Duration.ofMillis(window.getWindowSizeMs())),
                endMs,
                window.getStalenessMs() + endMs - window.getAsOfMs(),
                window.getMinCoverageLong(),
                window.getMinCoverageShort(),
                Metrics.read(SubjectKind.WINDOW, WindowMetrics.GROUP, window),
                List.of());
    }

    /** Of an account. */
    public static Observation of(AccountRisk risk) {
        return new Observation(
                SubjectKind.ACCOUNT,
                Keys.account(risk.getVenue(), risk.getAccount()),
                risk.getAsOfMs(),
                risk.getStalenessMs(),
                null,
                null,
                Metrics.read(SubjectKind.ACCOUNT, AccountRiskMetrics.GROUP, risk),
                Contributors.of(risk));
    }

    /** Of a market, from its order book's depth; the record's own timestamp is its event time. */
    public static Observation of(Depth depth, long eventTimeMs) {
        return new Observation(
                SubjectKind.MARKET,
                Keys.market(depth.getVenue(), depth.getSymbol()),
                eventTimeMs,
                0,
                null,
                null,
                Metrics.read(SubjectKind.MARKET, DepthMetrics.GROUP, depth),
                List.of());
    }

    /** Of a market or the system, from an observed cascade. */
    public static Observation of(CascadeEpisode episode) {
        SubjectKind kind = episode.getSubject().equals(SYSTEM) ? SubjectKind.SYSTEM : SubjectKind.MARKET;
        return new Observation(
                kind,
                episode.getSubject(),
                episode.getAsOfMs(),
                episode.getStalenessMs(),
                null,
                null,
                Metrics.read(kind, RunningEpisode.METRICS, RunningEpisode.of(episode)),
                Contributors.of(episode));
    }

    /** Of a market or the system whose observed cascade is none after all, while no other runs. */
    public static Observation of(TakenBack episode) {
        SubjectKind kind = episode.subject().equals(SYSTEM) ? SubjectKind.SYSTEM : SubjectKind.MARKET;
        return new Observation(
                kind,
                episode.subject(),
                episode.asOfMs(),
                0,
                null,
                null,
                Metrics.read(kind, RunningEpisode.METRICS, RunningEpisode.NONE),
                List.of());
    }

    /** Of a market, from what was forced to trade lately. */
    public static Observation of(String market, ForcedVolume volume, long asOfMs) {
        return new Observation(
                SubjectKind.MARKET,
                market,
                asOfMs,
                0,
                null,
                null,
                Metrics.read(SubjectKind.MARKET, ForcedVolumeMetrics.GROUP, volume),
                List.of());
    }

    /**
     * Of a feed.
     *
     * @param feed topic:venue, the topic without prefix
     */
    public static Observation of(String feed, FeedReading reading, long asOfMs) {
        return new Observation(
                SubjectKind.FEED,
                feed,
                asOfMs,
                reading.stalenessMs() >= 0 ? (long) reading.stalenessMs() : 0,
                null,
                null,
                Metrics.read(SubjectKind.FEED, FeedReading.METRICS, reading),
                List.of());
    }
}
