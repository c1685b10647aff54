package io.plimsoll.topology.alerts;

import static io.plimsoll.topology.alerts.MetricGroup.share;

import io.plimsoll.schemas.avro.CascadeEpisode;

/** Metrics of a running observed cascade; 0 once it is over. */
final class EpisodeMetrics {

    static final MetricGroup<CascadeEpisode> GROUP = new MetricGroup<CascadeEpisode>("cascades")
            .add(
                    "episodeUsd",
                    Unit.USD,
                    "forcedUsd",
                    "Forced volume of the running episode; 0: it is over.",
                    episode -> episode.getIsFinal() ? 0 : episode.getForcedUsd())
            .add(
                    "episodeStrength",
                    Unit.RATIO,
                    "forcedUsd / thresholdUsd",
                    "Forced volume of the running episode over what makes one; 0: it is over.",
                    episode -> episode.getIsFinal() ? 0 : share(episode.getForcedUsd(), episode.getThresholdUsd()));

    private EpisodeMetrics() {}
}
