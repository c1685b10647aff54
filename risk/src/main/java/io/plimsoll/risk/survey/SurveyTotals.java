package io.plimsoll.risk.survey;

import io.plimsoll.risk.dependence.DependenceSums;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a survey is not of one market. Sparse: what is nothing is not there. Buckets are those of {@link ShockBuckets}.
 *
 * @param accounts that were looked at, count
 * @param pools of theirs that prices move, count
 * @param poolsUnpriced pools that could not be judged, as a price was missing; their accounts are not among the banks
 * @param armed who is past the line without any shock
 * @param onFall who falls when all prices fall, by the bucket of the fall; without the armed
 * @param onRise the same of a rise
 * @param debtOnFall bad debt of fallen pools, by the bucket of the fall that makes them bankrupt; -1: they are now
 * @param debtOnRise the same of a rise
 * @param onFallOf who stands now and falls when one price alone falls by 1 %, by that price's market
 * @param venues accounts as banks, by venue
 * @param leverages how the leverage of the same accounts is spread
 * @param dependence what their leverage rests on
 */
public record SurveyTotals(
        long accounts,
        long pools,
        long poolsUnpriced,
        Fallers armed,
        SortedMap<Integer, Fallers> onFall,
        SortedMap<Integer, Fallers> onRise,
        SortedMap<Integer, DebtTerms> debtOnFall,
        SortedMap<Integer, DebtTerms> debtOnRise,
        SortedMap<String, Fallers> onFallOf,
        SortedMap<String, VenueBalance> venues,
        AccountLeverages leverages,
        DependenceSums dependence) {

    public static final SurveyTotals NONE = new SurveyTotals(
            0,
            0,
            0,
            Fallers.NONE,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            AccountLeverages.NONE,
            DependenceSums.NONE);

    public SurveyTotals {
        onFall = Merged.frozen(onFall);
        onRise = Merged.frozen(onRise);
        debtOnFall = Merged.frozen(debtOnFall);
        debtOnRise = Merged.frozen(debtOnRise);
        onFallOf = Merged.frozen(onFallOf);
        venues = Merged.frozen(venues);
    }

    /** The accounts of all venues as banks. */
    public VenueBalance all() {
        return venues.values().stream().reduce(VenueBalance.NONE, VenueBalance::plus);
    }

    /** The same with other leverages. */
    public SurveyTotals withLeverages(AccountLeverages others) {
        return new SurveyTotals(
                accounts,
                pools,
                poolsUnpriced,
                armed,
                onFall,
                onRise,
                debtOnFall,
                debtOnRise,
                onFallOf,
                venues,
                others,
                dependence);
    }

    /** Both together. */
    public SurveyTotals plus(SurveyTotals other) {
        return new SurveyTotals(
                accounts + other.accounts,
                pools + other.pools,
                poolsUnpriced + other.poolsUnpriced,
                armed.plus(other.armed),
                Merged.of(onFall, other.onFall, Fallers::plus),
                Merged.of(onRise, other.onRise, Fallers::plus),
                Merged.of(debtOnFall, other.debtOnFall, DebtTerms::plus),
                Merged.of(debtOnRise, other.debtOnRise, DebtTerms::plus),
                Merged.of(onFallOf, other.onFallOf, Fallers::plus),
                Merged.of(venues, other.venues, VenueBalance::plus),
                leverages.plus(other.leverages),
                dependence.plus(other.dependence));
    }
}
