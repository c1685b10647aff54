package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.CascadeEpisode;

/**
 * An observed cascade as rules see it.
 *
 * @param usd forced volume so far, USD, >= 0; 0: none runs
 * @param strength that over what makes an episode, >= 0; 0: none runs
 */
record RunningEpisode(double usd, double strength) {

    /** No cascade runs. */
    static final RunningEpisode NONE = new RunningEpisode(0, 0);

    static final MetricGroup<RunningEpisode> METRICS = new MetricGroup<RunningEpisode>("cascades")
            .add(
                    "episodeUsd",
                    Unit.USD,
                    "forcedUsd",
                    "Forced volume of the running episode; 0: it is over.",
                    RunningEpisode::usd)
            .add(
                    "episodeStrength",
                    Unit.RATIO,
                    "forcedUsd / thresholdUsd",
                    "Forced volume of the running episode over what makes one; 0: it is over.",
                    RunningEpisode::strength);

    static RunningEpisode of(CascadeEpisode episode) {
        return episode.getIsFinal()
                ? NONE
                : new RunningEpisode(episode.getForcedUsd(), share(episode.getForcedUsd(), episode.getThresholdUsd()));
    }
}
