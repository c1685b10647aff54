package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.cascade.Direction;
import io.plimsoll.risk.cascade.Reading;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** 300 systems: every account judged by other formulas at every edge, and after a fall of every price alone. */
class SurveyRandomTest {

    private static final int SYSTEMS = 300;

    @Test
    void shouldFindWhoFallsInWhichBucket() {
        long fallen = 0;
        long armed = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);

            SurveySum survey = world.surveyed();

            for (Direction direction : Direction.values()) {
                Expected expected = new Expected(world, direction);
                String name = "seed " + seed + ", " + direction;
                boolean fall = direction == Direction.FALL;
                assertThat(fall ? survey.totals().onFall() : survey.totals().onRise())
                        .describedAs(name)
                        .isEqualTo(expected.fallers);
                assertThat(survey.totals().armed()).describedAs(name).isEqualTo(expected.armed);
                SortedMap<String, SortedMap<Integer, Flow>> flows = new TreeMap<>();
                SortedMap<String, Flow> armedFlows = new TreeMap<>();
                survey.markets().forEach((market, row) -> {
                    flows.put(market, fall ? row.onFall() : row.onRise());
                    armedFlows.put(market, row.armed());
                });
                flows.values().removeIf(Map::isEmpty);
                armedFlows.values().removeIf(Flow.NONE::equals);
                assertThat(flows).describedAs(name).isEqualTo(expected.flows);
                assertThat(armedFlows).describedAs(name).isEqualTo(expected.armedFlows);
                fallen += expected.fallers.values().stream()
                        .mapToLong(Fallers::pools)
                        .sum();
                armed += expected.armed.pools();
            }
        }
        assertThat(fallen).isGreaterThan(SYSTEMS * 50);
        assertThat(armed).isGreaterThan(SYSTEMS);
    }

    @Test
    void shouldFindWhoFallsWithOnePriceAlone() {
        long others = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            SortedMap<String, SortedMap<String, Flow>> expected = new TreeMap<>();
            SortedMap<String, Fallers> fallers = new TreeMap<>();
            for (int source = 0; source < world.prices.length; source++) {
                double[] moved = world.prices.clone();
                moved[source] *= 0.99;
                long[] sold = new long[moved.length];
                long[] bought = new long[moved.length];
                long pools = 0;
                long accounts = 0;
                for (PlainAccount account : world.plain) {
                    long before = pools;
                    for (PlainAccount.Pool pool : account.pools) {
                        if (pool.moves() && !pool.falls(world.prices) && pool.falls(moved)) {
                            pool.trade(sold, bought);
                            pools++;
                        }
                    }
                    accounts += pools > before ? 1 : 0;
                }
                String name = world.markets.get(source);
                if (pools > 0) {
                    fallers.put(name, new Fallers(pools, accounts));
                }
                for (int market = 0; market < sold.length; market++) {
                    if (sold[market] + bought[market] > 0) {
                        expected.computeIfAbsent(world.markets.get(market), m -> new TreeMap<>())
                                .put(name, new Flow(sold[market], bought[market]));
                        others += market == source ? 0 : 1;
                    }
                }
            }

            SurveySum survey = world.surveyed();

            SortedMap<String, SortedMap<String, Flow>> rows = new TreeMap<>();
            survey.markets().forEach((market, row) -> rows.put(market, row.onFallOf()));
            rows.values().removeIf(Map::isEmpty);
            assertThat(rows).describedAs("seed %d", seed).isEqualTo(expected);
            assertThat(survey.totals().onFallOf()).describedAs("seed %d", seed).isEqualTo(fallers);
        }
        assertThat(others).describedAs("links between two markets").isGreaterThan(SYSTEMS);
    }

    @Test
    void shouldAddUpFromSlicesInAnyOrder() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            Random random = new Random(~seed);
            List<World.Member> members = new ArrayList<>(world.members);
            Collections.shuffle(members, random);
            List<Survey> slices = List.of(world.survey(), world.survey(), world.survey());
            members.forEach(member -> slices.get(random.nextInt(3)).add(member.venue(), member.watched()));
            List<SurveySum> sums = new ArrayList<>();
            slices.forEach(slice -> sums.add(slice.sum()));
            Collections.shuffle(sums, random);

            SurveySum merged = SurveySum.NONE;
            for (SurveySum sum : sums) {
                merged = merged.plus(sum);
            }

            assertThat(merged).describedAs("seed %d", seed).isEqualTo(world.surveyed());
        }
    }

    @Test
    void shouldGiveBadDebtAtAnyCommonMove() {
        long owing = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            World world = new World(seed);
            SurveySum survey = world.surveyed();
            for (Direction direction : Direction.values()) {
                CommonLadder ladder = CommonLadder.of(survey, world.terms, direction, 1);
                for (double fraction : new double[] {0.013, 0.05, 0.11, 0.237, 0.4}) {
                    double factor = direction == Direction.FALL ? 1 - fraction : 1 + fraction;
                    // Where prices rest inside a bucket, its fallen are between the two.
                    int edge = ShockBuckets.near(factor);
                    double without = owed(world, direction, edge, factor);
                    double with = owed(world, direction, edge + 1, factor);

                    double worst = ladder.badDebtUsd(fraction, Reading.PESSIMISTIC);
                    double best = ladder.badDebtUsd(fraction, Reading.OPTIMISTIC);

                    String name = "seed " + seed + ", " + direction + " of " + fraction;
                    double rounding = 1e-4 * world.members.size();
                    assertThat(worst).describedAs(name).isGreaterThanOrEqualTo(with - rounding);
                    assertThat(best).describedAs(name).isLessThanOrEqualTo(with + rounding);
                    assertThat(best).describedAs(name).isLessThanOrEqualTo(worst + rounding);
                    owing += without > 1 ? 1 : 0;
                }
            }
        }
        assertThat(owing).isGreaterThan(SYSTEMS);
    }

    /** What pools that have fallen up to an edge owe at a common move. */
    private static double owed(World world, Direction direction, int edge, double factor) {
        double sum = 0;
        for (PlainAccount account : world.plain) {
            for (PlainAccount.Pool pool : account.pools) {
                if (pool.moves() && firstEdge(pool, world.prices, direction) <= edge) {
                    // What is owed already without a shock does not shrink by one.
                    sum += Math.max(
                            Math.max(0, -pool.equityUsd(world.prices)),
                            -pool.equityUsd(pool.moved(world.prices, factor)));
                }
            }
        }
        return sum;
    }

    /** First edge at which a pool falls; one more than there are where it does not. */
    private static int firstEdge(PlainAccount.Pool pool, double[] prices, Direction direction) {
        for (int edge = 0; edge <= ShockBuckets.COUNT; edge++) {
            double distance = 0.0025 * edge;
            double factor = StrictMath.exp(direction == Direction.FALL ? -distance : distance);
            if (pool.falls(pool.moved(prices, factor))) {
                return edge;
            }
        }
        return ShockBuckets.COUNT + 1;
    }

    /** What a survey has to say, by scanning. */
    private static final class Expected {
        final SortedMap<Integer, Fallers> fallers = new TreeMap<>();
        final SortedMap<String, SortedMap<Integer, Flow>> flows = new TreeMap<>();
        final SortedMap<String, Flow> armedFlows = new TreeMap<>();
        Fallers armed = Fallers.NONE;

        Expected(World world, Direction direction) {
            for (PlainAccount account : world.plain) {
                Map<Integer, Long> pools = new HashMap<>();
                int first = Integer.MAX_VALUE;
                for (PlainAccount.Pool pool : account.pools) {
                    int edge = pool.moves() ? firstEdge(pool, world.prices, direction) : Integer.MAX_VALUE;
                    if (edge <= ShockBuckets.COUNT) {
                        pools.merge(edge, 1L, Long::sum);
                        first = Math.min(first, edge);
                        add(world, pool, edge);
                    }
                }
                for (Map.Entry<Integer, Long> count : pools.entrySet()) {
                    Fallers its = new Fallers(count.getValue(), count.getKey() == first ? 1 : 0);
                    if (count.getKey() == 0) {
                        armed = armed.plus(its);
                    } else {
                        fallers.merge(count.getKey() - 1, its, Fallers::plus);
                    }
                }
            }
        }

        private void add(World world, PlainAccount.Pool pool, int edge) {
            long[] sold = new long[world.prices.length];
            long[] bought = new long[world.prices.length];
            pool.trade(sold, bought);
            for (int i = 0; i < sold.length; i++) {
                Flow flow = new Flow(sold[i], bought[i]);
                if (flow.equals(Flow.NONE)) {
                    continue;
                }
                if (edge == 0) {
                    armedFlows.merge(world.markets.get(i), flow, Flow::plus);
                } else {
                    flows.computeIfAbsent(world.markets.get(i), m -> new TreeMap<>())
                            .merge(edge - 1, flow, Flow::plus);
                }
            }
        }
    }
}
