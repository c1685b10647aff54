package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.topology.avro.ScenarioLevel;
import io.plimsoll.topology.avro.ScenarioStart;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What forced trades do to the price of one market in a scenario, at the whole of its depth: the same as in the market's
 * cascade risk, as far as depth or a day's volume are known. It is chosen once, when the scenario is asked for, and kept
 * with the start prices, so that it is the same whenever the scenario has to begin again.
 *
 * @param down of forced sales; null where nothing is known
 * @param up of forced purchases; null where nothing is known
 */
record StartImpact(@Nullable Impact down, @Nullable Impact up) {

    /** A day's volume where only open interest is known: a guess, and labelled so. */
    private static final double VOLUME_PER_OPEN_INTEREST = 3;

    /**
     * Chooses, and writes it down.
     *
     * @param start knows open interest and day's volume already
     * @param newest the newest depth
     * @param lastGood the last that was whole; null where none was
     * @param dailyVolatility of the square-root law, in ln(price)
     */
    static void choose(
            ScenarioStart start, UsableDepth newest, @Nullable UsableDepth lastGood, double dailyVolatility) {
        start.setDailyVolatility(dailyVolatility);
        start.setDepthState(newest.state().name());
        start.setDepthBandsLeftOut(newest.leftOut());
        MarketImpact impact = MarketImpact.of(newest, lastGood, start.getDayVolume(), dailyVolatility);
        ScenarioImpact source = impact == null
                ? withoutVolume(start)
                : ScenarioImpact.valueOf(impact.source().name());
        UsableDepth used = switch (source) {
            case DEPTH -> newest;
            case LAST_GOOD_DEPTH -> lastGood == null ? UsableDepth.NONE : lastGood;
            case DAY_VOLUME, MODELLED, NONE -> UsableDepth.NONE;
        };
        start.setImpact(source.name());
        start.setDepthTimeMs(used.timeMs());
        start.setBids(written(used.bids()));
        start.setAsks(written(used.asks()));
    }

    private static ScenarioImpact withoutVolume(ScenarioStart start) {
        Double openInterest = start.getOpenInterest();
        return openInterest != null && openInterest > 0 ? ScenarioImpact.MODELLED : ScenarioImpact.NONE;
    }

    /** What was chosen. */
    static StartImpact of(ScenarioStart start) {
        UsableDepth depth = new UsableDepth(
                DepthState.LIVE, start.getDepthTimeMs(), read(start.getBids()), read(start.getAsks()), 0);
        MarketImpact impact = switch (ScenarioImpact.valueOf(start.getImpact())) {
            case DEPTH, LAST_GOOD_DEPTH -> MarketImpact.of(depth, null, null, start.getDailyVolatility());
            case DAY_VOLUME -> byVolume(start, start.getDayVolume());
            case MODELLED -> {
                Double openInterest = start.getOpenInterest();
                yield byVolume(start, openInterest == null ? null : (Double) (VOLUME_PER_OPEN_INTEREST * openInterest));
            }
            case NONE -> null;
        };
        return impact == null
                ? new StartImpact(null, null)
                : new StartImpact(impact.of(Direction.FALL), impact.of(Direction.RISE));
    }

    private static @Nullable MarketImpact byVolume(ScenarioStart start, @Nullable Double dayVolume) {
        return MarketImpact.of(UsableDepth.NONE, null, dayVolume, start.getDailyVolatility());
    }

    private static List<ScenarioLevel> written(List<UsableDepth.Level> levels) {
        return levels.stream()
                .map(level -> new ScenarioLevel(level.distance(), level.quantity()))
                .toList();
    }

    private static List<UsableDepth.Level> read(List<ScenarioLevel> levels) {
        return levels.stream()
                .map(level -> new UsableDepth.Level(level.getDistance(), level.getQuantity()))
                .toList();
    }
}
