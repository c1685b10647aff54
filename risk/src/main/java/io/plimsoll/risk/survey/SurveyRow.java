package io.plimsoll.risk.survey;

import io.plimsoll.risk.scenario.Saturating;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One market in a survey: what is traded in it when others, or all prices, fall. Sparse: what is nothing is not there.
 * Buckets are those of {@link ShockBuckets}.
 *
 * @param armed lots of pools that are past their line without any shock
 * @param onFall lots of pools that fall when all prices fall, by the bucket of the fall
 * @param onRise the same of a rise
 * @param onFallOf lots of pools that stand now and fall when one price alone falls by 1 %, by that price's market
 * @param longMicroUsd long positions and coins held, micro-dollars, >= 0
 * @param shortMicroUsd short positions and coins owed, micro-dollars, >= 0
 * @param deleveraging what accounts that keep their leverage trade when all prices fall by 1 %, micro-dollars
 * @param deleveragingOn the same where one asset alone falls by 1 %, by asset
 */
public record SurveyRow(
        Flow armed,
        SortedMap<Integer, Flow> onFall,
        SortedMap<Integer, Flow> onRise,
        SortedMap<String, Flow> onFallOf,
        long longMicroUsd,
        long shortMicroUsd,
        Flow deleveraging,
        SortedMap<String, Flow> deleveragingOn) {

    public static final SurveyRow NONE = new SurveyRow(
            Flow.NONE, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), 0, 0, Flow.NONE, new TreeMap<>());

    public SurveyRow {
        onFall = Merged.frozen(onFall);
        onRise = Merged.frozen(onRise);
        onFallOf = Merged.frozen(onFallOf);
        deleveragingOn = Merged.frozen(deleveragingOn);
    }

    /** Both together. */
    public SurveyRow plus(SurveyRow other) {
        return new SurveyRow(
                armed.plus(other.armed),
                Merged.of(onFall, other.onFall, Flow::plus),
                Merged.of(onRise, other.onRise, Flow::plus),
                Merged.of(onFallOf, other.onFallOf, Flow::plus),
                Saturating.add(longMicroUsd, other.longMicroUsd),
                Saturating.add(shortMicroUsd, other.shortMicroUsd),
                deleveraging.plus(other.deleveraging),
                Merged.of(deleveragingOn, other.deleveragingOn, Flow::plus));
    }
}
