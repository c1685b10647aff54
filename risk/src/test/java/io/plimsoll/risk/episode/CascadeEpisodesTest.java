package io.plimsoll.risk.episode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.risk.MicroUsd;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CascadeEpisodesTest {

    /** Floor 1,000 USD in 5 minutes (busy from 200 a minute), 10 times the usual of 24 hours, quiet for 15 minutes. */
    private static final CascadeThresholds THRESHOLDS = new CascadeThresholds(1_000, 10, 5, 15, 24, 360);

    private static final long NOON = 29_000_160;
    private static final long DAY = 24 * 60;

    private final TreeMap<Long, ForcedMinute> minutes = new TreeMap<>();

    private void forced(long minute, double longUsd, double shortUsd) {
        minutes.merge(
                minute,
                new ForcedMinute(
                        MicroUsd.of(longUsd),
                        MicroUsd.of(shortUsd),
                        1,
                        1,
                        MicroUsd.of(Math.max(longUsd, shortUsd)),
                        0,
                        0,
                        0,
                        false,
                        ForcedMinute.startMs(minute) + 1_000,
                        ForcedMinute.startMs(minute) + 1_000),
                ForcedMinute::plus);
    }

    private List<CascadeEpisode> found(long nowMinute) {
        return CascadeEpisodes.find(minutes, minutes.firstKey(), THRESHOLDS, ForcedMinute.startMs(nowMinute));
    }

    @Test
    void shouldFindNothingBelowTheFloor() {
        forced(NOON, 999, 0);
        forced(NOON + 5, 500, 499);

        assertThat(found(NOON + DAY)).isEmpty();
    }

    @Test
    void shouldReachFromTheFirstBusyMinuteOfTheWindowToTheLastBusyOne() {
        forced(NOON, 50, 0);
        forced(NOON + 1, 300, 0);
        forced(NOON + 2, 100, 10);
        forced(NOON + 3, 900, 0);
        forced(NOON + 9, 30, 0);
        forced(NOON + 12, 0, 250);
        forced(NOON + 14, 199, 0);

        List<CascadeEpisode> episodes = found(NOON + DAY);

        assertThat(episodes).hasSize(1);
        CascadeEpisode episode = episodes.get(0);
        assertThat(episode.startMs()).isEqualTo(ForcedMinute.startMs(NOON + 1) + 1_000);
        assertThat(episode.endMinute()).isEqualTo(NOON + 12);
        assertThat(episode.peakMinute()).isEqualTo(NOON + 3);
        assertThat(episode.peakUsd()).isEqualTo(900);
        assertThat(episode.forced().longMicroUsd()).isEqualTo(MicroUsd.of(300 + 100 + 900 + 30));
        assertThat(episode.forced().shortMicroUsd()).isEqualTo(MicroUsd.of(10 + 250));
        assertThat(episode.forced().trades()).isEqualTo(5);
        assertThat(episode.isDown()).isTrue();
        assertThat(episode.isOver()).isTrue();
        assertThat(episode.overMs()).isEqualTo(ForcedMinute.startMs(NOON + 12 + 16));
    }

    @Test
    void shouldBeOverAfterTheQuietTimeAndNotBefore() {
        forced(NOON, 2_000, 0);

        assertThat(found(NOON + 15).get(0).isOver()).isFalse();
        assertThat(found(NOON + 16).get(0).isOver()).isTrue();
    }

    @Test
    void shouldGoOnAfterAPauseWithinTheQuietTimeAndBeginAnewAfterALongerOne() {
        forced(NOON, 2_000, 0);
        forced(NOON + 15, 200, 0);
        forced(NOON + 31, 3_000, 0);

        assertThat(found(NOON + DAY)).extracting(CascadeEpisode::startMinute).containsExactly(NOON, NOON + 31);
        assertThat(found(NOON + DAY).get(0).endMinute()).isEqualTo(NOON + 15);
    }

    @Test
    void shouldAskForAMultipleOfTheUsual() {
        usual(120);
        forced(NOON, 4_999, 0);
        assertThat(found(NOON + DAY)).isEmpty();

        forced(NOON, 0, 1_001);

        CascadeEpisode episode = found(NOON + DAY).get(0);
        assertThat(episode.thresholdMicroUsd()).isEqualTo(MicroUsd.of(10 * 5 * 120));
        assertThat(episode.backgroundMicroUsd()).isEqualTo(120e6);
        assertThat(episode.backgroundHours()).isEqualTo(24);
    }

    /** So much in each minute of the day before, up to six minutes before noon. */
    private void usual(double usd) {
        for (long minute = NOON - 26 * 60; minute < NOON - 5; minute++) {
            forced(minute, usd, 0);
        }
        // Nothing in the minutes just before, so that the window is empty.
        for (long minute = NOON - 5; minute < NOON; minute++) {
            minutes.remove(minute);
        }
    }

    @Test
    void shouldNotLetOneCascadeHideTheNext() {
        usual(10);
        forced(NOON - 180, 1e6, 0);

        forced(NOON, 1_200, 0);

        assertThat(found(NOON + DAY)).extracting(CascadeEpisode::startMinute).containsExactly(NOON - 180, NOON);
    }

    @Test
    void shouldLetTheFloorDecideWhereNothingIsKnownOfThePast() {
        forced(NOON, 1_000, 0);

        CascadeEpisode episode = found(NOON + 1).get(0);

        assertThat(episode.backgroundHours()).isZero();
        assertThat(episode.thresholdMicroUsd()).isEqualTo(MicroUsd.of(1_000));
    }

    @Test
    void shouldCutWhatNeverEnds() {
        for (long minute = NOON; minute < NOON + 800; minute++) {
            forced(minute, 300, 0);
        }

        List<CascadeEpisode> episodes = CascadeEpisodes.find(
                minutes, NOON, new CascadeThresholds(1_000, 1, 5, 15, 24, 360), ForcedMinute.startMs(NOON + DAY));

        assertThat(episodes)
                .allSatisfy(episode ->
                        assertThat(episode.endMinute() - episode.startMinute()).isLessThan(360));
        assertThat(episodes.get(0).startMinute()).isEqualTo(NOON);
        assertThat(episodes.get(0).endMinute()).isEqualTo(NOON + 359);
        assertThat(episodes.get(1).startMinute()).isEqualTo(NOON + 360);
    }

    @Test
    void shouldStayALowerBoundOnceCensored() {
        forced(NOON, 2_000, 0);
        ForcedMinute censored = new ForcedMinute(1, 0, 1, 1, 1, 0, 0, 0, true, 0, 0);

        assertThat(ForcedMinute.NONE.plus(censored).plus(minutes.get(NOON)).censored())
                .isTrue();
        assertThat(minutes.get(NOON).censored()).isFalse();
    }

    @Test
    void shouldHoldSumsThatNoLongCanHold() {
        ForcedMinute huge = new ForcedMinute(Long.MAX_VALUE - 1, 5, 1, 1, 1, 0, 0, 0, false, 0, 0);

        assertThat(huge.plus(huge).longMicroUsd()).isEqualTo(Long.MAX_VALUE);
        assertThat(huge.plus(huge).microUsd()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void shouldRefuseThresholdsThatMakeNoSense() {
        assertThatThrownBy(() -> new CascadeThresholds(0, 10, 5, 15, 24, 360))
                .hasMessage("floorUsd is 0.0, allowed is more than 0, to 1.0E12");
        assertThatThrownBy(() -> new CascadeThresholds(1, 0.5, 5, 15, 24, 360)).hasMessageContaining("multiple is 0.5");
        assertThatThrownBy(() -> new CascadeThresholds(1, 10, 61, 15, 24, 360)).hasMessageContaining("windowMinutes");
        assertThatThrownBy(() -> new CascadeThresholds(1, 10, 5, 4, 24, 360))
                .hasMessage("quietMinutes is 4.0, allowed is 5 (windowMinutes) to 1440");
        assertThatThrownBy(() -> new CascadeThresholds(1, 10, 5, 15, 24, 15)).hasMessageContaining("longestMinutes");
    }
}
