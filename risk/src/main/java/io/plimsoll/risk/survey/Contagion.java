package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a fall of one price by 1 %, all others staying where they are, forces to be traded in every market: accounts that
 * share margin carry it from one market to another, and so does a coin that is collateral. One round, with a finite step:
 * who falls is judged at the price that is 1 % lower.
 *
 * <p>A source is a market, or a coin's own market (venue:asset). Sales and purchases are apart; the feedback matrix is of
 * sales alone. Pools that are past their line without any fall are not in it.
 *
 * @param links by source, then by market; those without trades are not there
 * @param fallers who falls, by source; those with nobody are not there
 * @param spectralRadius of the feedback matrix, G_ij = fall of j in percent per percent of i. Below 1 rounds of sales die
 *     out; from 1 on they do not, as far as the first percent tells
 * @param lotsWithoutTerms whether forced lots lie in markets whose terms are not known; those are left out
 */
public record Contagion(
        List<Link> links, Map<String, Fallers> fallers, SpectralRadius spectralRadius, boolean lotsWithoutTerms) {

    private static final double PERCENT = 0.01;

    public Contagion {
        links = List.copyOf(links);
        fallers = Map.copyOf(fallers);
    }

    /**
     * Forced trades of one market per 1 % fall of another, or of itself.
     *
     * @param source market or coin whose price falls
     * @param market in which is traded
     * @param sellUsd forced sales at present prices, USD, >= 0
     * @param buyUsd forced purchases: hedges, loans' debts; USD, >= 0
     * @param feedback percent by which the sales alone take the market's price down, 0 to 99.9; 0 where its impact is not
     *     known
     * @param impactKnown whether it is
     */
    public record Link(
            String source, String market, double sellUsd, double buyUsd, double feedback, boolean impactKnown) {}

    /**
     * The matrix of a survey.
     *
     * @param terms by market
     * @param depthHaircut share of the depth that remains, above 0, to 1
     */
    public static Contagion of(SurveySum survey, Map<String, MarketTerms> terms, double depthHaircut) {
        MarketTerms.checkDepth(depthHaircut);
        List<Link> links = new ArrayList<>();
        boolean unknown = false;
        for (Map.Entry<String, SurveyRow> row : survey.markets().entrySet()) {
            MarketTerms its = terms.get(row.getKey());
            if (its == null) {
                unknown |= !row.getValue().onFallOf().isEmpty();
                continue;
            }
            Impact impact = its.impact(Direction.FALL, depthHaircut);
            row.getValue()
                    .onFallOf()
                    .forEach((source, flow) -> links.add(new Link(
                            source,
                            its.market(),
                            its.usd(flow.sell()),
                            its.usd(flow.buy()),
                            impact == null
                                    ? 0
                                    : percentFall(impact.move(its.lotSize().size(flow.sell()))),
                            impact != null)));
        }
        links.sort(Comparator.comparing(Link::source).thenComparing(Link::market));
        return new Contagion(links, survey.totals().onFallOf(), radius(links), unknown);
    }

    private static double percentFall(double move) {
        double fraction = Direction.FALL.fraction(Math.min(MarketTerms.DEEPEST_FALL, move));
        return fraction / PERCENT;
    }

    private static SpectralRadius radius(List<Link> links) {
        TreeSet<String> names = new TreeSet<>();
        for (Link link : links) {
            names.add(link.source());
            names.add(link.market());
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (String name : names) {
            numbers.put(name, numbers.size());
        }
        SpectralRadius.Matrix matrix = new SpectralRadius.Matrix(numbers.size());
        for (Link link : links) {
            matrix.set(position(numbers, link.source()), position(numbers, link.market()), link.feedback());
        }
        return matrix.spectralRadius();
    }

    private static int position(Map<String, Integer> numbers, String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalStateException("no number of " + name);
        }
        return number;
    }
}
