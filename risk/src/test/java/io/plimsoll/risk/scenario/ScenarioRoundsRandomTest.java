package io.plimsoll.risk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.LotSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** 300 systems: the same on any number of slices in any order, and what other formulas find. */
class ScenarioRoundsRandomTest {

    private static final int SYSTEMS = 300;

    /** What came of a run, and who fell in it. */
    private record Played(RunOutcome outcome, Set<String> fallen) {}

    @Test
    void shouldNotDependOnSlicesOrOrder() {
        int[] byRounds = new int[ScenarioRun.MOST_ROUNDS];
        int ended = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            RandomSystem system = new RandomSystem(seed);
            Random random = new Random(~seed);
            for (RoundMode mode : RoundMode.values()) {
                Played whole = play(system, mode, 1, random);

                for (int slices : new int[] {1, 3, 7}) {
                    for (int repeat = 0; repeat < 2; repeat++) {
                        assertThat(play(system, mode, slices, random))
                                .describedAs("seed %d, %s, %d slices", seed, mode, slices)
                                .isEqualTo(whole);
                    }
                }
                byRounds[whole.outcome().rounds()]++;
                ended += whole.outcome().markets().stream().anyMatch(MarketLanding::exhausted) ? 1 : 0;
                assertThat(whole.outcome().settled()).isTrue();
            }
        }
        int longRuns = 0;
        for (int rounds = 4; rounds < byRounds.length; rounds++) {
            longRuns += byRounds[rounds];
        }
        assertThat(longRuns).describedAs("runs of four rounds or more").isGreaterThan(100);
        assertThat(ended).describedAs("runs that reach the end of a book").isGreaterThan(20);
    }

    @Test
    void shouldFindTheLeastFixedPointInGrossMode() {
        int fallen = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            RandomSystem system = new RandomSystem(seed);
            Random random = new Random(~seed);

            Played played = play(system, RoundMode.GROSS, 3, random);

            BruteForce brute = BruteForce.gross(system, random);
            compare(system, played, brute, "seed " + seed);
            fallen += brute.fallen.size();
        }
        assertThat(fallen).isGreaterThan(SYSTEMS * 10);
    }

    @Test
    void shouldFindWhatSynchronousRoundsFindInNetModeAndStayInsideTheBound() {
        int smaller = 0;
        for (long seed = 0; seed < SYSTEMS; seed++) {
            RandomSystem system = new RandomSystem(seed);
            Random random = new Random(~seed);

            Played net = play(system, RoundMode.NET, 7, random);
            Played gross = play(system, RoundMode.GROSS, 1, random);

            compare(system, net, BruteForce.net(system), "seed " + seed);
            assertThat(gross.fallen()).describedAs("seed %d", seed).containsAll(net.fallen());
            smaller += gross.fallen().size() > net.fallen().size() ? 1 : 0;
            VenueTally bound = gross.outcome().total();
            VenueTally estimate = net.outcome().total();
            assertThat(estimate.notionalMicroUsd()).isLessThanOrEqualTo(bound.notionalMicroUsd());
            assertThat(estimate.badDebtMicroUsd()).isLessThanOrEqualTo(bound.badDebtMicroUsd());
        }
        assertThat(smaller).describedAs("systems in which the two differ").isGreaterThan(20);
    }

    private static void compare(RandomSystem system, Played played, BruteForce brute, String seed) {
        assertThat(played.fallen()).describedAs(seed).isEqualTo(brute.fallen);
        for (MarketLanding landing : played.outcome().markets()) {
            int market = 0;
            while (!system.markets.get(market).market().equals(landing.market())) {
                market++;
            }
            assertThat(landing.flow())
                    .describedAs(seed)
                    .isEqualTo(new MarketFlow(brute.sold[market], brute.bought[market]));
            assertThat(landing.low()).describedAs(seed).isEqualTo(brute.low[market]);
            assertThat(landing.high()).describedAs(seed).isEqualTo(brute.high[market]);
        }
        VenueTally total = played.outcome().total();
        assertThat(total.accounts()).describedAs(seed).isEqualTo(brute.fallen.size());
        double badDebt = total.badDebtMicroUsd() / 1e6;
        assertThat(badDebt).describedAs(seed).isCloseTo(brute.badDebt(), within(1e-6 * (1 + badDebt)));
    }

    /** Plays a run over random slices; now and then a slice has lost what it knew of earlier rounds. */
    private static Played play(RandomSystem system, RoundMode mode, int slices, Random random) {
        List<ScenarioMarket> markets = new ArrayList<>(system.markets);
        Collections.shuffle(markets, random);
        ScenarioRun run = new ScenarioRun(mode, system.scenario, markets, ScenarioRun.MOST_ROUNDS);
        List<List<ScenarioAccount>> parts = new ArrayList<>();
        List<Fallen> known = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            parts.add(new ArrayList<>());
            known.add(new Fallen());
        }
        system.accounts.forEach(account -> parts.get(random.nextInt(slices)).add(account));
        Set<String> fallen = new TreeSet<>();
        while (!run.isOver()) {
            SliceAnswer sum = SliceAnswer.NONE;
            List<Integer> order = new ArrayList<>();
            for (int i = 0; i < slices; i++) {
                order.add(i);
            }
            Collections.shuffle(order, random);
            for (int part : order) {
                if (random.nextInt(4) == 0) {
                    known.set(part, new Fallen());
                }
                Collections.shuffle(parts.get(part), random);
                SliceRound round = new SliceRound(run.path(), known.get(part), market -> new LotSize(4, 1));
                parts.get(part).forEach(round::take);
                sum = sum.plus(round.answer());
                Fallen its = known.get(part);
                parts.get(part).stream()
                        .map(ScenarioAccount::key)
                        .filter(key -> its.roundsOf(key) != null)
                        .forEach(fallen::add);
            }
            run.take(sum);
        }
        return new Played(run.outcome(Map.of()), fallen);
    }
}
