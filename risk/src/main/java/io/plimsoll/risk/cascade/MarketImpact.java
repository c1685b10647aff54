package io.plimsoll.risk.cascade;

import io.plimsoll.risk.depth.BookSide;
import io.plimsoll.risk.depth.UsableDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far forced volume moves one market, both ways, and what that is taken from. An impact is always a model; of a book it
 * is at least a model of what was there.
 *
 * @param bids what forced selling meets
 * @param asks what forced buying meets
 * @param bidVolume what the reported bands hold, 0 where none are used
 * @param askVolume the same of the other side
 * @param timeMs event time of the depth that is used, epoch milliseconds; 0 where none is
 */
public record MarketImpact(Source source, Impact bids, Impact asks, double bidVolume, double askVolume, long timeMs) {

    /** Where an impact comes from, the best first. */
    public enum Source {
        /** The bands of the newest report that can be believed. */
        DEPTH,
        /** The square-root law on a day's volume. */
        DAY_VOLUME,
        /** An older report, the last that could be believed whole. */
        LAST_GOOD_DEPTH
    }

    /** Distance in ln(price) to which the last band's density is carried on: a fall of 30 %. Nothing rests beyond. */
    public static final double REACH = 0.35;

    private static final double COEFFICIENT = 1;

    /** Share of a day's volume up to which the law is linear. */
    private static final double CROSSOVER = 0.001;

    /**
     * Chooses what can be used.
     *
     * @param newest the newest depth
     * @param lastGood the last that was whole; null where none was
     * @param dayVolume volume of 24 hours in the unit of the ladder; null where not reported
     * @param dailyVolatility standard deviation of a day's change of ln(price), > 0
     * @return null where nothing is known
     */
    public static @Nullable MarketImpact of(
            UsableDepth newest, @Nullable UsableDepth lastGood, @Nullable Double dayVolume, double dailyVolatility) {
        if (newest.hasBothSides()) {
            return ofBook(Source.DEPTH, newest);
        }
        if (dayVolume != null && dayVolume > 0) {
            Impact law = new SquareRootImpact(COEFFICIENT, dailyVolatility, dayVolume, CROSSOVER * dayVolume);
            return new MarketImpact(Source.DAY_VOLUME, law, law, 0, 0, 0);
        }
        return lastGood == null ? null : ofBook(Source.LAST_GOOD_DEPTH, lastGood);
    }

    private static MarketImpact ofBook(Source source, UsableDepth depth) {
        return new MarketImpact(
                source,
                ofLevels(depth.side(BookSide.BID), Direction.FALL),
                ofLevels(depth.side(BookSide.ASK), Direction.RISE),
                held(depth.side(BookSide.BID)),
                held(depth.side(BookSide.ASK)),
                depth.timeMs());
    }

    private static Impact ofLevels(List<UsableDepth.Level> levels, Direction direction) {
        double[] distances = new double[levels.size()];
        double[] volumes = new double[levels.size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = direction.distance(levels.get(i).distance());
            volumes[i] = levels.get(i).quantity();
        }
        return DepthImpact.carriedOn(distances, volumes, Math.max(REACH, distances[distances.length - 1]));
    }

    private static double held(List<UsableDepth.Level> levels) {
        return levels.get(levels.size() - 1).quantity();
    }

    /** The impact that a direction's forced trades have. */
    public Impact of(Direction direction) {
        return direction == Direction.FALL ? bids : asks;
    }

    /** What the reported bands hold against a direction's forced trades; 0 where none are used. */
    public double reported(Direction direction) {
        return direction == Direction.FALL ? bidVolume : askVolume;
    }
}
