package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.Reading;
import io.plimsoll.risk.scenario.Fallen;
import io.plimsoll.risk.scenario.RoundMode;
import io.plimsoll.risk.scenario.RunOutcome;
import io.plimsoll.risk.scenario.ScenarioAccount;
import io.plimsoll.risk.scenario.ScenarioMarket;
import io.plimsoll.risk.scenario.ScenarioRun;
import io.plimsoll.risk.scenario.ScenarioTerms;
import io.plimsoll.risk.scenario.SliceRound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 300 systems: the sweep against going on until nobody falls, with the exact shock of every pool. */
class SystemCascadeRandomTest {

    private static final int SYSTEMS = 300;
    private static final double[] SHOCKS = {0.01, 0.02, 0.05, 0.1, 0.2};

    /** Where the brute force ends: distance, and what is sold of every market. */
    private record End(double distance, long[] forced) {}

    @Test
    void shouldHoldTheExactCascadeInItsBracket() {
        int farther = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            SurveySum survey = world.surveyed();
            for (Direction direction : Direction.values()) {
                double haircut = seed % 2 == 0 ? 1 : 0.3;
                SystemCascade cascade = SystemCascade.of(survey, world.terms, direction, haircut);
                double[] critical = criticalDistances(world, direction);
                for (double shock : SHOCKS) {
                    String name = "seed " + seed + ", " + direction + " of " + shock;

                    SystemShock measured = cascade.shock(shock);

                    End exact = goOn(world, direction, critical, direction.distance(shock), haircut);
                    double move = direction.fraction(exact.distance);
                    if (exact.distance > ShockBuckets.distance(ShockBuckets.COUNT)) {
                        // Out there the ladder knows of nobody.
                        assertThat(measured.worst().beyondRange())
                                .describedAs(name)
                                .isTrue();
                        continue;
                    }
                    double forced = usd(world, exact.forced);
                    assertThat(measured.worst().move()).describedAs(name).isGreaterThanOrEqualTo(move - 1e-9);
                    assertThat(measured.best().move()).describedAs(name).isLessThanOrEqualTo(move + 1e-9);
                    assertThat(measured.worst().forcedUsd())
                            .describedAs(name)
                            .isGreaterThanOrEqualTo(forced * (1 - 1e-12));
                    assertThat(measured.best().forcedUsd()).describedAs(name).isLessThanOrEqualTo(forced * (1 + 1e-12));
                    assertThat(measured.worst().badDebtUsd())
                            .describedAs(name)
                            .isGreaterThanOrEqualTo(measured.best().badDebtUsd() - 1e-3);
                    farther += measured.worst().endogenous() > 0.01 ? 1 : 0;
                }
            }
        }
        assertThat(farther).isGreaterThan(SYSTEMS);
    }

    @Test
    void shouldJumpAtItsTippingPoints() {
        int tips = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            SurveySum survey = world.surveyed();
            for (Direction direction : Direction.values()) {
                SystemCascade cascade = SystemCascade.of(survey, world.terms, direction, 0.3);
                for (SystemTip tip : cascade.tips(Reading.PESSIMISTIC)) {
                    if (tip.distance() < 1e-6) {
                        continue;
                    }
                    String name = "seed " + seed + ", " + direction + ", " + tip;

                    SystemShock.Landing before =
                            cascade.shock(tip.distance() * (1 - 1e-9)).worst();
                    SystemShock.Landing after =
                            cascade.shock(tip.distance() * (1 + 1e-9)).worst();

                    assertThat(Math.abs(after.move() / tip.landing() - 1))
                            .describedAs(name)
                            .isLessThan(1e-6);
                    double jump = after.forcedUsd() - before.forcedUsd();
                    assertThat(Math.abs(jump - tip.forcedUsd()))
                            .describedAs(name)
                            .isLessThan(1e-6 * after.forcedUsd());
                    assertThat(after.fallers().pools() - before.fallers().pools())
                            .describedAs(name)
                            .isEqualTo(tip.fallers().pools());
                    assertThat(after.fallers().accounts() - before.fallers().accounts())
                            .describedAs(name)
                            .isEqualTo(tip.fallers().accounts());
                    tips++;
                }
            }
        }
        assertThat(tips).isGreaterThan(50);
    }

    @Test
    void shouldCompareWithExactRounds() {
        List<Double> ratios = new ArrayList<>();
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed, false);
            SystemCascade cascade = SystemCascade.of(world.surveyed(), world.terms, Direction.FALL, 1);
            for (double shock : new double[] {0.02, 0.05, 0.09}) {
                double exact = rounds(world, shock).total().notionalMicroUsd() / 1e6;
                SystemShock measured = cascade.shock(shock);
                // The rounds count both sides of what fallen pools had.
                double swept = measured.worst().forcedUsd() + measured.counterUsd();
                if (exact > 0) {
                    ratios.add(swept / exact);
                }
            }
        }
        ratios.sort(Double::compare);
        System.out.printf(
                "Notional liquidated by the sweep over that of exact net rounds, %d shocks: p10 %.2f, median %.2f, p90"
                        + " %.2f%n",
                ratios.size(), quantile(ratios, 0.1), quantile(ratios, 0.5), quantile(ratios, 0.9));
        assertThat(quantile(ratios, 0.5)).isBetween(0.7, 1.4);
    }

    private static double quantile(List<Double> sorted, double share) {
        return sorted.get((int) (share * (sorted.size() - 1)));
    }

    private static RunOutcome rounds(World world, double shock) {
        Map<String, Double> shocks = new HashMap<>();
        List<ScenarioMarket> markets = new ArrayList<>();
        for (MarketTerms its : world.terms.values()) {
            if (!its.baseAsset().equals("USDX")) {
                shocks.put(its.baseAsset(), -shock);
            }
            markets.add(new ScenarioMarket(
                    its.market(), its.baseAsset(), its.lotSize(), its.price(), 1, its.down(), its.up()));
        }
        ScenarioTerms scenario = new ScenarioTerms(shocks, 1, Map.of(), Set.of());
        ScenarioRun run = new ScenarioRun(RoundMode.NET, scenario, markets, ScenarioRun.MOST_ROUNDS);
        Fallen fallen = new Fallen();
        while (!run.isOver()) {
            SliceRound round = new SliceRound(run.path(), fallen, market -> World.LOTS);
            for (World.Member member : world.members) {
                round.take(ScenarioAccount.of(member.key(), member.venue(), member.account(), null, 0.01, scenario));
            }
            run.take(round.answer());
        }
        return run.outcome(Map.of());
    }

    private static double usd(World world, long[] lots) {
        double sum = 0;
        for (int i = 0; i < lots.length; i++) {
            sum += marketOf(world, i).usd(lots[i]);
        }
        return sum;
    }

    /** Distance at which each pool falls, in the order of pools; infinite where it does not. */
    private static double[] criticalDistances(World world, Direction direction) {
        return world.plain.stream()
                .flatMap(account -> account.pools.stream())
                .mapToDouble(pool -> critical(pool, world.prices, direction))
                .toArray();
    }

    private static double critical(PlainAccount.Pool pool, double[] prices, Direction direction) {
        if (!pool.moves()) {
            return Double.POSITIVE_INFINITY;
        }
        if (pool.falls(prices)) {
            return 0;
        }
        double safe = 0;
        double fallen = 3;
        if (!pool.falls(pool.moved(prices, direction.price(-fallen)))) {
            return Double.POSITIVE_INFINITY;
        }
        while (fallen - safe > 1e-14) {
            double middle = (safe + fallen) / 2;
            if (pool.falls(pool.moved(prices, direction.price(-middle)))) {
                fallen = middle;
            } else {
                safe = middle;
            }
        }
        return fallen;
    }

    private static End goOn(World world, Direction direction, double[] critical, double shock, double haircut) {
        double interest = world.terms.values().stream()
                .mapToDouble(MarketTerms::openInterestUsd)
                .sum();
        double distance = shock;
        while (true) {
            long[] sold = new long[world.prices.length];
            long[] bought = new long[world.prices.length];
            int pool = 0;
            for (PlainAccount account : world.plain) {
                for (PlainAccount.Pool its : account.pools) {
                    if (critical[pool++] <= distance) {
                        its.trade(sold, bought);
                    }
                }
            }
            long[] forced = direction == Direction.FALL ? sold : bought;
            double next = shock;
            for (int i = 0; i < forced.length; i++) {
                MarketTerms its = marketOf(world, i);
                Impact impact = direction == Direction.FALL ? its.down() : its.up();
                double volume = i == world.perpsCount() ? forced[i] : forced[i] / 1e4;
                double most = Math.log(direction == Direction.FALL ? 1000 : 10);
                next += impact == null
                        ? 0
                        : its.openInterestUsd()
                                / interest
                                * Math.min(most, impact.withDepth(haircut).move(volume));
            }
            if (next <= distance + 1e-13) {
                return new End(distance, Arrays.copyOf(forced, forced.length));
            }
            distance = next;
        }
    }

    private static MarketTerms marketOf(World world, int market) {
        MarketTerms terms = world.terms.get(world.markets.get(market));
        if (terms == null) {
            throw new IllegalStateException("market " + market);
        }
        return terms;
    }
}
