package io.plimsoll.risk.cycle;

import io.plimsoll.risk.Leverage;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Markets added up at the beginning of an hour, for their common leverage cycle. NaN where not known.
 *
 * <p>Open interest and depth are chained: each hour the level goes on by the change of the markets that are known in both
 * hours, sizes at the prices of the earlier one. So neither a move of prices nor a market that begins or ends to be observed is
 * taken for somebody's opening or closing of positions. A first level is a plain sum in US dollars.
 *
 * @param openInterest of the observed accounts, chained, US dollars at the prices of the beginning
 * @param venueOpenInterest the same of the venues' own, over the markets that report it
 * @param leverage notional over equity of both sides, of sums
 * @param basis mean of the markets', weighed by their open interest
 * @param funding mean of the markets', weighed by their open interest
 * @param skew leverage skew, of sums
 * @param depth within 1 %, chained, US dollars
 * @param forcedUsd sum of the hour before, USD, over the markets that are known in this very hour
 * @param markets in it, count
 */
public record SubjectHour(
        double openInterest,
        double venueOpenInterest,
        double leverage,
        double basis,
        double funding,
        double skew,
        double depth,
        double forcedUsd,
        int markets) {

    /** Before the first. */
    public static final SubjectHour NONE = new SubjectHour(
            Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);

    /**
     * One market from one hour to another.
     *
     * @param before as it was in the hour judged before; null where it was not in it
     * @param now the newest that is known of it, of the hour or of one before
     */
    public record Step(@Nullable MarketAtHour before, MarketAtHour now) {}

    /**
     * The hour that follows.
     *
     * @param hour hours since the epoch
     * @param steps every market of the subject, always in the same order
     */
    public SubjectHour next(long hour, Collection<Step> steps) {
        long longNotional = 0;
        long shortNotional = 0;
        long longEquity = 0;
        long shortEquity = 0;
        double forced = Double.NaN;
        for (Step step : steps) {
            MarketAtHour now = step.now();
            longNotional = Math.addExact(longNotional, now.longNotionalMicroUsd());
            shortNotional = Math.addExact(shortNotional, now.shortNotionalMicroUsd());
            longEquity = Math.addExact(longEquity, now.longEquityMicroUsd());
            shortEquity = Math.addExact(shortEquity, now.shortEquityMicroUsd());
            if (now.hour() == hour && !Double.isNaN(now.forcedUsd())) {
                forced = (Double.isNaN(forced) ? 0 : forced) + now.forcedUsd();
            }
        }
        return new SubjectHour(
                chained(openInterest, steps, MarketAtHour::size, MarketAtHour::priceUsd),
                chained(venueOpenInterest, steps, MarketAtHour::venueSize, MarketAtHour::priceUsd),
                known(Leverage.of(Math.addExact(longNotional, shortNotional), Math.addExact(longEquity, shortEquity))),
                mean(steps, MarketAtHour::basis),
                mean(steps, MarketAtHour::funding),
                known(Leverage.skew(Leverage.of(longNotional, longEquity), Leverage.of(shortNotional, shortEquity))),
                chained(depth, steps, MarketAtHour::depthUsd, unused -> 1),
                forced,
                steps.size());
    }

    /** A level carried on by the change of what is known in both hours; where it has none yet, or is at nothing, a sum. */
    private static double chained(
            double level,
            Collection<Step> steps,
            ToDoubleFunction<MarketAtHour> size,
            ToDoubleFunction<MarketAtHour> price) {
        double sum = 0;
        double was = 0;
        double is = 0;
        for (Step step : steps) {
            double sizeNow = size.applyAsDouble(step.now());
            if (Double.isNaN(sizeNow)) {
                continue;
            }
            sum += sizeNow * price.applyAsDouble(step.now());
            double sizeBefore = step.before() == null ? Double.NaN : size.applyAsDouble(step.before());
            if (!Double.isNaN(sizeBefore)) {
                double priceBefore = price.applyAsDouble(step.before());
                was += sizeBefore * priceBefore;
                is += sizeNow * priceBefore;
            }
        }
        if (level > 0) {
            return was > 0 ? level * (is / was) : level;
        }
        return sum > 0 ? sum : Double.NaN;
    }

    private static double mean(Collection<Step> steps, ToDoubleFunction<MarketAtHour> value) {
        double weights = 0;
        double sum = 0;
        for (Step step : steps) {
            double its = value.applyAsDouble(step.now());
            double weight = step.now().openInterestUsd();
            if (!Double.isNaN(its) && weight > 0) {
                weights += weight;
                sum += weight * its;
            }
        }
        return weights > 0 ? sum / weights : Double.NaN;
    }

    private static double known(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
