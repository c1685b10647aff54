package io.plimsoll.topology.scenarios;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.MarketImpact;
import io.plimsoll.risk.depth.UsableDepth;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.topology.avro.ImpactBasis;
import io.plimsoll.topology.avro.ScenarioStart;
import io.plimsoll.topology.depth.ImpactBases;
import java.util.Objects;
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
        ImpactBasis basis = ImpactBases.choose(newest, lastGood, start.getDayVolume(), dailyVolatility);
        MarketImpact.Source source = ImpactBases.source(basis);
        ScenarioImpact impact = source == null ? withoutVolume(start) : ScenarioImpact.valueOf(source.name());
        start.setImpact(impact.name());
        start.setBasis(impact == ScenarioImpact.MODELLED ? byOpenInterest(start, basis) : basis);
    }

    private static ScenarioImpact withoutVolume(ScenarioStart start) {
        Double openInterest = start.getOpenInterest();
        return openInterest != null && openInterest > 0 ? ScenarioImpact.MODELLED : ScenarioImpact.NONE;
    }

    /** The law on a guess of the day's volume; what is said of the depth stays. */
    private static ImpactBasis byOpenInterest(ScenarioStart start, ImpactBasis basis) {
        double volume = VOLUME_PER_OPEN_INTEREST * Objects.requireNonNull(start.getOpenInterest());
        ImpactBasis guessed = ImpactBases.choose(UsableDepth.NONE, null, volume, basis.getDailyVolatility());
        guessed.setDepthState(basis.getDepthState());
        guessed.setDepthBandsLeftOut(basis.getDepthBandsLeftOut());
        return guessed;
    }

    /** What was chosen. */
    static StartImpact of(ScenarioStart start) {
        MarketImpact impact = ImpactBases.impact(start.getBasis());
        return impact == null
                ? new StartImpact(null, null)
                : new StartImpact(impact.of(Direction.FALL), impact.of(Direction.RISE));
    }
}
