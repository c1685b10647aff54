package io.plimsoll.risk.survey;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who and what spreads losses: systemicness after Greenwood, Landier and Thesmar (Vulnerable Banks, 2015), accounts taken as
 * banks that keep their leverage. One round.
 *
 * <p>All prices fall by 1 %. Accounts sell {@code b x loss} in proportion to what they have: phi_k of asset k, pooled over
 * venues. Its price falls by {@code l_k phi_k}, which hits all who are long of it, H_k. The aggregate vulnerability is
 * {@code AV = sum over k of phi_k l_k H_k / E}, with E the equity of all accounts with equity above 0. A venue's
 * systemicness is the same sum with what is sold there, an asset's its own term: both add up to AV.
 *
 * <p>Different from theirs: perpetual longs mirror shorts, so that all losses of one are gains of another, and AV counts
 * those of longs alone; it is a measure of what moves, not a loss of the system. Accounts' losses are of net exposure and
 * floored at 0, so shorts add nothing, and what they buy back is not netted. The illiquidity l_k is not given but what the
 * books say of phi_k, the chord of the pooled impact.
 *
 * @param aggregateVulnerability AV, share of E per fall of 1 %, >= 0
 * @param venues by systemicness, the largest first
 * @param assets by the term of what is sold of them, the largest first
 * @param falls AV where one asset alone falls by 1 %, the largest first. These add up to at least AV where impacts are
 *     linear and nobody is short, and to no more than that by any identity otherwise
 * @param illiquidity l_k, fall of an asset's price (a fraction) per US dollar sold of it; those of which nothing is sold, or
 *     whose impact is known nowhere, are not there
 * @param equityUsd E
 * @param coverage share of phi that is sold of assets whose impact is known at some venue, 0 to 1; 1 where nothing is sold
 */
public record Systemicness(
        double aggregateVulnerability,
        List<Ranked> venues,
        List<Ranked> assets,
        List<Ranked> falls,
        SortedMap<String, Double> illiquidity,
        double equityUsd,
        double coverage) {

    /**
     * A place in a ranking.
     *
     * @param name of a venue or an asset
     * @param systemicness share of the equity of all per fall of 1 %, >= 0
     * @param soldUsd what is sold for it, USD, >= 0
     * @param boughtUsd what is bought back, USD, >= 0; moves no price here
     */
    public record Ranked(String name, double systemicness, double soldUsd, double boughtUsd) {}

    public Systemicness {
        venues = List.copyOf(venues);
        assets = List.copyOf(assets);
        falls = List.copyOf(falls);
    }

    /**
     * The rankings of a survey.
     *
     * @param terms by market; a market without is an asset of its own whose impact is not known
     * @param depthHaircut share of the depth that remains, above 0, to 1
     */
    public static Systemicness of(SurveySum survey, Map<String, MarketTerms> terms, double depthHaircut) {
        MarketTerms.checkDepth(depthHaircut);
        return new Systems(survey, terms, depthHaircut).measure();
    }

    /** What is known of one asset at all venues. */
    private static final class Asset {
        final List<PooledImpact.Book> books = new ArrayList<>();
        double soldUsd;
        double boughtUsd;
        double longUsd;

        double fallPerUsd() {
            return fallOf(soldUsd) / soldUsd;
        }

        double fallOf(double usd) {
            return Direction.FALL.fraction(
                    Math.min(MarketTerms.DEEPEST_FALL, PooledImpact.move(books, usd, MarketTerms.DEEPEST_FALL)));
        }
    }

    /** The sums on the way. */
    private static final class Systems {
        private final SurveySum survey;
        private final Map<String, MarketTerms> terms;
        private final SortedMap<String, Asset> assets = new TreeMap<>();
        private final double equityUsd;

        Systems(SurveySum survey, Map<String, MarketTerms> terms, double depthHaircut) {
            this.survey = survey;
            this.terms = terms;
            double equity = 0;
            for (VenueBalance venue : survey.totals().venues().values()) {
                equity += venue.equityMicroUsd() / 1e6;
            }
            equityUsd = equity;
            survey.markets().forEach((market, row) -> {
                Asset asset = assets.computeIfAbsent(assetOf(market), name -> new Asset());
                asset.soldUsd += row.deleveraging().sell() / 1e6;
                asset.boughtUsd += row.deleveraging().buy() / 1e6;
                asset.longUsd += row.longMicroUsd() / 1e6;
            });
            // In the order of names, so that sums of doubles do not depend on anything else.
            new TreeMap<>(terms).forEach((market, its) -> {
                Asset asset = assets.get(its.baseAsset());
                Impact impact = its.impact(Direction.FALL, depthHaircut);
                if (asset != null && impact != null) {
                    asset.books.add(new PooledImpact.Book(impact, its.usdPerUnit()));
                }
            });
        }

        private String assetOf(String market) {
            MarketTerms its = terms.get(market);
            return its == null ? market : its.baseAsset();
        }

        private static String venueOf(String market) {
            int end = market.indexOf(':');
            return end < 0 ? market : market.substring(0, end);
        }

        Systemicness measure() {
            SortedMap<String, Double> illiquidity = new TreeMap<>();
            List<Ranked> ranked = new ArrayList<>();
            double vulnerability = 0;
            double sold = 0;
            double known = 0;
            for (Map.Entry<String, Asset> entry : assets.entrySet()) {
                Asset asset = entry.getValue();
                sold += asset.soldUsd;
                double perUsd = 0;
                if (asset.soldUsd > 0 && !asset.books.isEmpty()) {
                    known += asset.soldUsd;
                    perUsd = asset.fallPerUsd();
                    illiquidity.put(entry.getKey(), perUsd);
                }
                double its = share(asset.soldUsd * perUsd * asset.longUsd);
                vulnerability += its;
                if (asset.soldUsd > 0 || asset.boughtUsd > 0) {
                    ranked.add(new Ranked(entry.getKey(), its, asset.soldUsd, asset.boughtUsd));
                }
            }
            return new Systemicness(
                    vulnerability,
                    venues(illiquidity),
                    sorted(ranked),
                    falls(),
                    illiquidity,
                    equityUsd,
                    sold > 0 ? known / sold : 1);
        }

        private double share(double usd) {
            return equityUsd > 0 ? usd / equityUsd : 0;
        }

        private List<Ranked> venues(SortedMap<String, Double> illiquidity) {
            SortedMap<String, Ranked> venues = new TreeMap<>();
            survey.markets().forEach((market, row) -> {
                if (row.deleveraging().equals(Flow.NONE)) {
                    return;
                }
                String name = assetOf(market);
                Asset asset = assets.getOrDefault(name, new Asset());
                double sold = row.deleveraging().sell() / 1e6;
                double its = share(sold * illiquidity.getOrDefault(name, 0.0) * asset.longUsd);
                String venue = venueOf(market);
                venues.merge(
                        venue, new Ranked(venue, its, sold, row.deleveraging().buy() / 1e6), Systems::plus);
            });
            return sorted(new ArrayList<>(venues.values()));
        }

        private static Ranked plus(Ranked one, Ranked other) {
            return new Ranked(
                    one.name(),
                    one.systemicness() + other.systemicness(),
                    one.soldUsd() + other.soldUsd(),
                    one.boughtUsd() + other.boughtUsd());
        }

        /** Where one asset falls alone: what is then sold of every asset, by the asset that falls. */
        private List<Ranked> falls() {
            SortedMap<String, SortedMap<String, Ranked>> bySource = new TreeMap<>();
            survey.markets()
                    .forEach((market, row) -> row.deleveragingOn()
                            .forEach((source, flow) -> bySource.computeIfAbsent(source, name -> new TreeMap<>())
                                    .merge(
                                            assetOf(market),
                                            new Ranked(source, 0, flow.sell() / 1e6, flow.buy() / 1e6),
                                            Systems::plus)));
            List<Ranked> falls = new ArrayList<>();
            bySource.forEach((source, sales) -> {
                Ranked sum = new Ranked(source, 0, 0, 0);
                for (Map.Entry<String, Ranked> sale : sales.entrySet()) {
                    Asset asset = assets.getOrDefault(sale.getKey(), new Asset());
                    double sold = sale.getValue().soldUsd();
                    double its = sold > 0 && !asset.books.isEmpty() ? share(asset.fallOf(sold) * asset.longUsd) : 0;
                    sum = plus(
                            sum, new Ranked(source, its, sold, sale.getValue().boughtUsd()));
                }
                falls.add(sum);
            });
            return sorted(falls);
        }

        private static List<Ranked> sorted(List<Ranked> ranked) {
            ranked.sort(
                    Comparator.comparingDouble(Ranked::systemicness).reversed().thenComparing(Ranked::name));
            return ranked;
        }
    }
}
