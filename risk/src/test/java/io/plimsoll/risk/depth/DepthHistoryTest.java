package io.plimsoll.risk.depth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DepthHistoryTest {

    private static final DepthHistory.Limits LIMITS = DepthHistory.Limits.DEFAULT;
    private static final long NOON = 1_000_000_000_000L;

    @Test
    void shouldUseALiveBook() {
        DepthHistory history = DepthHistory.after(null, NOON, book(100, 10, 12));

        UsableDepth usable = history.usable(NOON + 1_000, LIMITS);

        assertThat(usable.state()).isEqualTo(DepthState.LIVE);
        assertThat(usable.bids()).containsExactly(level(0.01, 10), level(0.02, 20));
        assertThat(usable.asks()).containsExactly(level(0.01, 12), level(0.02, 24));
        assertThat(usable.hasBothSides()).isTrue();
    }

    @Test
    void shouldNotUseAReportThatIsTooOld() {
        DepthHistory history = DepthHistory.after(null, NOON, book(100, 10, 12));

        assertThat(history.usable(NOON + 60_000, LIMITS).state()).isEqualTo(DepthState.LIVE);
        UsableDepth late = history.usable(NOON + 60_001, LIMITS);

        assertThat(late.state()).isEqualTo(DepthState.STALE);
        assertThat(late.bids()).isEmpty();
        assertThat(late.asks()).isEmpty();
        assertThat(late.leftOut()).isEqualTo(4);
    }

    @Test
    void shouldLeaveOutABandThatStandsStillWhileThePriceMoves() {
        DepthHistory history = DepthHistory.after(null, NOON, bids(100, 10, 20));
        history = DepthHistory.after(history, NOON + 30_000, bids(98, 10, 22));
        history = DepthHistory.after(history, NOON + 60_000, bids(97, 10, 21));

        UsableDepth usable = history.usable(NOON + 60_000, LIMITS);

        assertThat(usable.state()).isEqualTo(DepthState.FROZEN);
        assertThat(usable.bids()).containsExactly(level(0.02, 21));
        assertThat(usable.leftOut()).isEqualTo(1);
    }

    @Test
    void shouldBelieveAQuietBookOfAQuietMarket() {
        DepthHistory history = DepthHistory.after(null, NOON, bids(100, 10, 20));
        history = DepthHistory.after(history, NOON + 600_000, bids(100.05, 10, 20));

        assertThat(history.usable(NOON + 600_000, LIMITS).state()).isEqualTo(DepthState.LIVE);
    }

    @Test
    void shouldBelieveABandThatMovesAgain() {
        DepthHistory history = DepthHistory.after(null, NOON, bids(100, 10, 20));
        history = DepthHistory.after(history, NOON + 60_000, bids(97, 10, 21));
        history = DepthHistory.after(history, NOON + 61_000, bids(97, 9, 21));

        assertThat(history.usable(NOON + 61_000, LIMITS).state()).isEqualTo(DepthState.LIVE);
    }

    @Test
    void shouldTakeAnEmptyBandForWhatItIs() {
        DepthHistory history = DepthHistory.after(null, NOON, bids(100, 0, 20));
        history = DepthHistory.after(history, NOON + 60_000, bids(97, 0, 21));

        UsableDepth usable = history.usable(NOON + 60_000, LIMITS);

        assertThat(usable.state()).isEqualTo(DepthState.LIVE);
        assertThat(usable.bids()).containsExactly(level(0.01, 0), level(0.02, 21));
    }

    @Test
    void shouldLeaveOutBidsThatLieAboveThePrice() {
        DepthBands.Band crossed = new DepthBands.Band(0.01, 17.654, 30, 121_363.0, 113_900.0);
        DepthBands.Band sound = new DepthBands.Band(0.04, 206, 90, 112_267.0, 115_000.0);
        DepthHistory history = DepthHistory.after(null, NOON, new DepthBands(113_500, List.of(crossed, sound)));

        UsableDepth usable = history.usable(NOON, LIMITS);

        assertThat(usable.state()).isEqualTo(DepthState.CROSSED);
        assertThat(usable.bids()).containsExactly(level(0.04, 206));
        assertThat(usable.asks()).containsExactly(level(0.01, 30), level(0.04, 90));
    }

    @Test
    void shouldLeaveOutOrdersThatLieFartherAwayThanTheirBand() {
        DepthBands.Band tooFar = new DepthBands.Band(0.01, 10, 10, 98.9, 100.5);
        DepthHistory history = DepthHistory.after(null, NOON, new DepthBands(100, List.of(tooFar)));

        UsableDepth usable = history.usable(NOON, LIMITS);

        assertThat(usable.state()).isEqualTo(DepthState.CROSSED);
        assertThat(usable.bids()).isEmpty();
        assertThat(usable.hasBothSides()).isFalse();
    }

    @Test
    void shouldKeepTheNewestReportWhenAnOlderOneComesLate() {
        DepthHistory history = DepthHistory.after(null, NOON, book(100, 10, 12));

        assertThat(DepthHistory.after(history, NOON - 1, book(90, 1, 1))).isEqualTo(history);
    }

    private static UsableDepth.Level level(double distance, double quantity) {
        return new UsableDepth.Level(distance, quantity);
    }

    private static DepthBands book(double mid, double bid, double ask) {
        return new DepthBands(
                mid,
                List.of(
                        new DepthBands.Band(0.01, bid, ask, null, null),
                        new DepthBands.Band(0.02, 2 * bid, 2 * ask, null, null)));
    }

    /** Asks follow the price, so that they are never the same twice. */
    private static DepthBands bids(double mid, double within1, double within2) {
        return new DepthBands(
                mid,
                List.of(
                        new DepthBands.Band(0.01, within1, mid, null, null),
                        new DepthBands.Band(0.02, within2, 2 * mid, null, null)));
    }
}
