package io.plimsoll.risk.depth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A market's newest depth, and since when each band of it has stood still. It follows from the reports alone, in order of
 * event time.
 *
 * @param timeMs event time of the newest report, epoch milliseconds
 * @param newest the newest report
 * @param bids since when each of its bid quantities has been the same
 * @param asks since when each of its ask quantities has been the same
 */
public record DepthHistory(long timeMs, DepthBands newest, List<Unchanged> bids, List<Unchanged> asks) {

    /**
     * How long a quantity has been the same, to the last digit.
     *
     * @param sinceMs event time of the first report with it, epoch milliseconds
     * @param midThen mid price then, quote units
     */
    public record Unchanged(long sinceMs, double midThen) {}

    /**
     * When depth is not believed.
     *
     * @param staleAfterMs age of a report from which on it is not used, milliseconds, > 0
     * @param frozenAfterMs time for which a quantity may stay the same while the price moves, milliseconds, > 0
     * @param frozenMove how far the price must have moved meanwhile, in ln(price), > 0
     */
    public record Limits(long staleAfterMs, long frozenAfterMs, double frozenMove) {

        /** A minute each, and 0.1 %: a venue's book of a market that moves is never the same for a minute. */
        public static final Limits DEFAULT = new Limits(60_000, 60_000, 0.001);
    }

    public DepthHistory {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /** What is known after a report; one that is older than the newest changes nothing. */
    public static DepthHistory after(@Nullable DepthHistory before, long timeMs, DepthBands report) {
        if (before != null && timeMs < before.timeMs) {
            return before;
        }
        return new DepthHistory(
                timeMs,
                report,
                unchanged(before, timeMs, report, BookSide.BID),
                unchanged(before, timeMs, report, BookSide.ASK));
    }

    private static List<Unchanged> unchanged(
            @Nullable DepthHistory before, long timeMs, DepthBands report, BookSide side) {
        List<Unchanged> unchanged = new ArrayList<>(report.bands().size());
        for (DepthBands.Band band : report.bands()) {
            Unchanged earlier = before == null ? null : before.unchangedAs(band, side);
            unchanged.add(earlier == null ? new Unchanged(timeMs, report.mid()) : earlier);
        }
        return unchanged;
    }

    private @Nullable Unchanged unchangedAs(DepthBands.Band band, BookSide side) {
        for (int i = 0; i < newest.bands().size(); i++) {
            DepthBands.Band known = newest.bands().get(i);
            if (known.distance() == band.distance()) {
                return known.quantity(side) == band.quantity(side) ? of(side).get(i) : null;
            }
        }
        return null;
    }

    private List<Unchanged> of(BookSide side) {
        return side == BookSide.BID ? bids : asks;
    }

    /**
     * What can be used at a time.
     *
     * @param nowMs event time, epoch milliseconds
     */
    public UsableDepth usable(long nowMs, Limits limits) {
        if (nowMs - timeMs > limits.staleAfterMs()) {
            return new UsableDepth(
                    DepthState.STALE,
                    timeMs,
                    List.of(),
                    List.of(),
                    2 * newest.bands().size());
        }
        List<UsableDepth.Level> usableBids = new ArrayList<>();
        List<UsableDepth.Level> usableAsks = new ArrayList<>();
        DepthState state = DepthState.LIVE;
        for (BookSide side : BookSide.values()) {
            for (int i = 0; i < newest.bands().size(); i++) {
                DepthBands.Band band = newest.bands().get(i);
                DepthState its = state(band, side, of(side).get(i), limits);
                state = its.compareTo(state) > 0 ? its : state;
                if (its == DepthState.LIVE) {
                    (side == BookSide.BID ? usableBids : usableAsks)
                            .add(new UsableDepth.Level(band.distance(), band.quantity(side)));
                }
            }
        }
        int leftOut = 2 * newest.bands().size() - usableBids.size() - usableAsks.size();
        return new UsableDepth(state, timeMs, usableBids, usableAsks, leftOut);
    }

    private DepthState state(DepthBands.Band band, BookSide side, Unchanged unchanged, Limits limits) {
        if (newest.isMisplaced(band, side)) {
            return DepthState.CROSSED;
        }
        // An empty band may well stay empty, and is the most cautious thing to believe.
        boolean still = band.quantity(side) > 0 && timeMs - unchanged.sinceMs() >= limits.frozenAfterMs();
        boolean moved = Math.abs(StrictMath.log(newest.mid() / unchanged.midThen())) >= limits.frozenMove();
        return still && moved ? DepthState.FROZEN : DepthState.LIVE;
    }
}
