package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 300 systems: what accounts as banks trade, by other formulas; and that parts add up. */
class BanksRandomTest {

    private static final int SYSTEMS = 300;

    @Test
    void shouldTradeWhatKeepsLeverage() {
        int bought = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            double[] sold = new double[world.prices.length];
            double[] back = new double[world.prices.length];
            Map<String, double[]> soldOn = new HashMap<>();
            double equity = 0;
            for (PlainAccount account : world.plain) {
                equity += trade(world, account, sold, back, soldOn);
            }

            SurveySum survey = world.surveyed();

            double rounding = 1e-6 * world.members.size();
            double surveyed = 0;
            for (VenueBalance venue : survey.totals().venues().values()) {
                surveyed += venue.equityMicroUsd() / 1e6;
            }
            assertThat(surveyed).describedAs("seed %d", seed).isCloseTo(equity, within(rounding));
            for (int i = 0; i < sold.length; i++) {
                String name = "seed " + seed + ", " + world.markets.get(i);
                SurveyRow row = survey.markets().getOrDefault(world.markets.get(i), SurveyRow.NONE);
                assertThat(row.deleveraging().sell() / 1e6).describedAs(name).isCloseTo(sold[i], within(rounding));
                assertThat(row.deleveraging().buy() / 1e6).describedAs(name).isCloseTo(back[i], within(rounding));
                bought += back[i] > 1 ? 1 : 0;
                for (Map.Entry<String, double[]> fall : soldOn.entrySet()) {
                    Flow flow = row.deleveragingOn().getOrDefault(fall.getKey(), Flow.NONE);
                    assertThat(flow.sell() / 1e6)
                            .describedAs(name + " on " + fall.getKey())
                            .isCloseTo(fall.getValue()[i], within(rounding));
                }
            }
        }
        assertThat(bought).isGreaterThan(SYSTEMS / 2);
    }

    /** Adds the trades of an account; its equity where it is above 0. */
    private static double trade(
            World world, PlainAccount account, double[] sold, double[] back, Map<String, double[]> soldOn) {
        double[] exposure = new double[world.prices.length];
        double equity = 0;
        double gross = 0;
        for (PlainAccount.Pool pool : account.pools) {
            double its = pool.equityUsd(world.prices);
            equity += its;
            for (PlainAccount.Item item : pool.items) {
                if (!item.pegged) {
                    exposure[item.market] += item.exposureUsd(world.prices);
                    gross += Math.abs(item.exposureUsd(world.prices));
                }
                if (item.inverse && its > 0) {
                    exposure[item.market] += its;
                    gross += its;
                }
            }
        }
        if (gross == 0 || !(equity > 0)) {
            return 0;
        }
        double b = Math.max(0, gross / equity - 1);
        Map<String, Double> net = new HashMap<>();
        double all = 0;
        for (int i = 0; i < exposure.length; i++) {
            net.merge(base(world, i), exposure[i], Double::sum);
            all += exposure[i];
        }
        // In proportion to each holding, of which an account may have a long and a short one in a market.
        for (PlainAccount.Pool pool : account.pools) {
            double its = pool.equityUsd(world.prices);
            for (PlainAccount.Item item : pool.items) {
                double usd = item.pegged ? 0 : item.exposureUsd(world.prices);
                add(item.market, usd, b * 0.01 * Math.max(0, all) / gross, sold, back);
                add(item.market, item.inverse ? Math.max(0, its) : 0, b * 0.01 * Math.max(0, all) / gross, sold, back);
                for (Map.Entry<String, Double> asset : net.entrySet()) {
                    double perUsd = b * 0.01 * Math.max(0, asset.getValue()) / gross;
                    double[] on = soldOn.computeIfAbsent(asset.getKey(), a -> new double[exposure.length]);
                    on[item.market] += Math.max(0, usd) * perUsd;
                    on[item.market] += item.inverse ? Math.max(0, its) * perUsd : 0;
                }
            }
        }
        return equity;
    }

    private static void add(int market, double usd, double perUsd, double[] sold, double[] back) {
        sold[market] += Math.max(0, usd) * perUsd;
        back[market] += Math.max(0, -usd) * perUsd;
    }

    private static String base(World world, int market) {
        MarketTerms terms = world.terms.get(world.markets.get(market));
        return terms == null ? "" : terms.baseAsset();
    }

    @Test
    void shouldAddUpToTheWholeByVenueAndByAsset() {
        int vulnerable = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);

            Systemicness measured = Systemicness.of(world.surveyed(), world.terms, seed % 2 == 0 ? 1 : 0.1);

            double whole = measured.aggregateVulnerability();
            assertThat(sum(measured.venues())).describedAs("seed %d", seed).isCloseTo(whole, within(1e-9 * whole));
            assertThat(sum(measured.assets())).describedAs("seed %d", seed).isCloseTo(whole, within(1e-9 * whole));
            assertThat(measured.coverage()).describedAs("seed %d", seed).isBetween(0.0, 1.0);
            vulnerable += whole > 0 && measured.venues().size() > 1 ? 1 : 0;
        }
        assertThat(vulnerable).isGreaterThan(SYSTEMS / 2);
    }

    private static double sum(Iterable<Systemicness.Ranked> ranked) {
        double sum = 0;
        for (Systemicness.Ranked one : ranked) {
            sum += one.systemicness();
        }
        return sum;
    }
}
