package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.plimsoll.risk.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Systems at random, each account's leverage worked out by itself, sorted and counted off; looked at in one slice and in
 * several, and once more after some accounts have closed.
 */
class AccountLeveragesRandomTest {

    private static final int SYSTEMS = 100;
    private static final int[] SLICES = {1, 3, 7};
    private static final int[] PERCENTS = {1, 10, 25, 50, 75, 90, 95, 99, 100};
    private static final double HALF_A_CELL = 0.51;
    private static final double[] SIZES = {0, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, Double.MAX_VALUE};

    @Test
    void shouldSpreadAccountsByTheirLeverage() {
        int netted = 0;
        int withoutEquity = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = moved(seed);
            Set<Integer> all = all(world);
            for (int slices : SLICES) {
                List<SurveySum> looks = new ArrayList<>();
                for (int slice = 0; slice < slices; slice++) {
                    looks.add(look(world, all, slice, slices));
                }
                Collections.shuffle(looks, new Random(seed));

                Counts counts = assertSpread("seed " + seed + ", slices " + slices, leverages(looks), world, all);

                netted += counts.netted;
                withoutEquity += counts.withoutEquity;
            }
        }
        assertThat(netted).describedAs("accounts with hedges").isGreaterThan(SYSTEMS * SLICES.length);
        assertThat(withoutEquity).describedAs("accounts without equity").isGreaterThan(SYSTEMS * SLICES.length);
    }

    @Test
    void shouldForgetAccountsThatHaveClosed() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = moved(seed);
            Random random = new Random(~seed);
            for (int slices : SLICES) {
                List<SurveySum> looks = new ArrayList<>();
                for (int slice = 0; slice < slices; slice++) {
                    looks.add(look(world, all(world), slice, slices));
                }
                // Some of every second slice, all of the first; the other slices are not looked at again.
                Set<Integer> open = all(world);
                open.removeIf(i -> i % slices % 2 == 0 && (i % slices == 0 && slices > 1 || random.nextInt(3) == 0));
                for (int slice = 0; slice < slices; slice += 2) {
                    looks.set(slice, look(world, open, slice, slices));
                }

                assertThat(open).hasSizeLessThan(world.members.size());
                assertSpread("seed " + seed + ", slices " + slices, leverages(looks), world, open);
            }
        }
    }

    /** Prices have moved since positions were opened, so that some have nothing left. */
    private static World moved(long seed) {
        World world = new World(seed);
        Random random = new Random(31 * seed);
        for (int i = 0; i < world.prices.length; i++) {
            world.prices[i] *= 0.85 + 0.3 * random.nextDouble();
        }
        return world;
    }

    private static Set<Integer> all(World world) {
        Set<Integer> all = new HashSet<>();
        for (int i = 0; i < world.members.size(); i++) {
            all.add(i);
        }
        return all;
    }

    private static SurveySum look(World world, Set<Integer> open, int slice, int slices) {
        Survey survey = world.survey();
        for (int i = slice; i < world.members.size(); i += slices) {
            if (open.contains(i)) {
                World.Member member = world.members.get(i);
                survey.add(member.venue(), member.watched());
            }
        }
        return survey.sum();
    }

    private static AccountLeverages leverages(List<SurveySum> looks) {
        return looks.stream().reduce(SurveySum.NONE, SurveySum::plus).totals().leverages();
    }

    /** An account with something to hold. */
    private record Plain(double equity, double gross, double commitment, double net) {

        static Plain of(World world, PlainAccount account) {
            double equity = 0;
            double gross = 0;
            Map<String, Double> netByAsset = new HashMap<>();
            for (PlainAccount.Pool pool : account.pools) {
                double its = pool.equityUsd(world.prices);
                equity += its;
                for (PlainAccount.Item item : pool.items) {
                    double usd = item.pegged ? 0 : item.exposureUsd(world.prices);
                    double coins = item.inverse ? Math.max(0, its) : 0;
                    gross += Math.abs(usd) + coins;
                    netByAsset.merge(asset(world, item.market), usd + coins, Double::sum);
                }
            }
            double net = 0;
            double commitment = 0;
            for (double usd : netByAsset.values()) {
                net += usd;
                commitment += Math.abs(usd);
            }
            return new Plain(equity, gross, commitment, net);
        }

        private static String asset(World world, int market) {
            MarketTerms terms = world.terms.get(world.markets.get(market));
            return terms == null ? "" : terms.baseAsset();
        }
    }

    /** What there was to compare. */
    private record Counts(int netted, int withoutEquity) {}

    private static Counts assertSpread(String name, AccountLeverages actual, World world, Set<Integer> open) {
        List<Plain> all = new ArrayList<>();
        open.forEach(i -> all.add(Plain.of(world, world.plain.get(i))));
        all.removeIf(account -> account.gross == 0);
        int without = 0;
        for (Side side : Side.values()) {
            List<Plain> its = new ArrayList<>(all);
            its.removeIf(account -> account.net >= 0 != (side == Side.LONG));
            List<Plain> broke = new ArrayList<>(its);
            broke.removeIf(account -> account.equity > 0);
            its.removeAll(broke);
            without += broke.size();
            String of = name + ", " + side;

            assertThat(actual.of(side).withoutEquity()).describedAs(of).isEqualTo(broke.size());
            assertThat(actual.of(side).withoutEquityMicroUsd() / 1e6)
                    .describedAs(of)
                    .isCloseTo(broke.stream().mapToDouble(Plain::gross).sum(), withinPercentage(1e-6));
            assertQuantiles(of + ", gross", actual.of(side).gross(), ratios(its, false));
            assertQuantiles(of + ", commitment", actual.of(side).commitment(), ratios(its, true));
        }
        assertSizes(name, actual, all);
        return new Counts(
                (int) all.stream()
                        .filter(its -> its.commitment < 0.99 * its.gross)
                        .count(),
                without);
    }

    private static void assertSizes(String name, AccountLeverages actual, List<Plain> all) {
        for (int size = 0; size + 1 < SIZES.length; size++) {
            double from = SIZES[size];
            double below = SIZES[size + 1];
            List<Plain> its = new ArrayList<>(all);
            its.removeIf(account -> !(account.equity > 0) || account.equity < from || account.equity >= below);
            LeverageCells cells = actual.bySize().getOrDefault(size, LeverageCells.NONE);
            assertQuantiles(name + ", equity from " + from, cells, ratios(its, false));
        }
    }

    /** Leverage and what weighs in it. */
    private record Ratio(double leverage, double weight) {}

    private static List<Ratio> ratios(List<Plain> accounts, boolean netted) {
        List<Ratio> ratios = new ArrayList<>();
        for (Plain account : accounts) {
            double notional = netted ? account.commitment : account.gross;
            ratios.add(new Ratio(notional / account.equity, notional));
        }
        ratios.sort(Comparator.comparingDouble(Ratio::leverage));
        return ratios;
    }

    private static void assertQuantiles(String name, LeverageCells actual, List<Ratio> expected) {
        double whole = expected.stream().mapToDouble(Ratio::weight).sum();
        assertThat(actual.accounts()).describedAs(name).isEqualTo(expected.size());
        assertThat(actual.notionalMicroUsd() / 1e6).describedAs(name).isCloseTo(whole, withinPercentage(1e-6));
        for (int percent : PERCENTS) {
            String what = name + ", " + percent + " %";
            if (expected.isEmpty()) {
                assertThat(actual.quantileOfAccounts(percent)).describedAs(what).isNull();
                assertThat(actual.quantileOfNotional(percent)).describedAs(what).isNull();
                continue;
            }
            int heads = (percent * expected.size() + 99) / 100;
            assertThat(actual.quantileOfAccounts(percent))
                    .describedAs(what)
                    .isCloseTo(told(expected.get(heads - 1)), withinPercentage(HALF_A_CELL));
            double reached = 0;
            int last = -1;
            while (last < 0 || reached < whole * percent / 100 * (1 - 1e-9)) {
                reached += expected.get(++last).weight();
            }
            assertThat(actual.quantileOfNotional(percent))
                    .describedAs(what)
                    .isCloseTo(told(expected.get(last)), withinPercentage(HALF_A_CELL));
        }
    }

    /** The ends of what is told apart. */
    private static double told(Ratio ratio) {
        return ratio.leverage() < 0.001 ? 0 : Math.min(ratio.leverage(), 1_000_000);
    }
}
