package io.plimsoll.risk.survey;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A survey of a slice of accounts, or of several. Equal accounts and prices give equal sums, however the accounts are
 * split.
 *
 * @param markets by market (venue:symbol, and venue:asset for coins that follow a price of their own)
 * @param totals what is not of one market
 */
public record SurveySum(SortedMap<String, SurveyRow> markets, SurveyTotals totals) {

    public static final SurveySum NONE = new SurveySum(new TreeMap<>(), SurveyTotals.NONE);

    public SurveySum {
        markets = Merged.frozen(markets);
    }

    /** Both together. */
    public SurveySum plus(SurveySum other) {
        return new SurveySum(Merged.of(markets, other.markets, SurveyRow::plus), totals.plus(other.totals));
    }
}
