package io.plimsoll.risk.scenario;

/**
 * Where a market comes to rest.
 *
 * @param market venue:symbol
 * @param startPrice before the shock, quote units
 * @param shockedPrice after the shock alone
 * @param low where it lands; GROSS: where sales alone bring it
 * @param high the same as low; GROSS: where purchases alone bring it
 * @param flow all forced trades
 * @param soldSize the sold in sizes of its impact: base units, or face value where inverse
 * @param boughtSize the bought
 * @param unfilledSize what found no depth any more, of sales and purchases together, same sizes, >= 0; it moves no price
 * @param exhausted true where forced trades found no depth any more: the price is the end of the book, or the limit of the
 *     model
 * @param impactKnown false where nothing is known of its depth: forced trades leave its price where it is
 */
public record MarketLanding(
        String market,
        double startPrice,
        double shockedPrice,
        double low,
        double high,
        MarketFlow flow,
        double soldSize,
        double boughtSize,
        double unfilledSize,
        boolean exhausted,
        boolean impactKnown) {}
