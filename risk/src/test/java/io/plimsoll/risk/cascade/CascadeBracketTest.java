package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ladders in buckets: what they know of the triggers, and that parts and mirror images of them give the same. */
class CascadeBracketTest {

    private static final int MARKETS = 250;
    private static final int SHOCKS = 25;
    private static final double ROUNDING = 1e-12;
    private static final double WIDTH = PriceGrid.LADDER.width();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4101, 4102, 4103, 4104})
    void shouldEncloseTheTruth(long seed) {
        Random random = new Random(seed);
        int apart = 0;
        for (int n = 0; n < MARKETS; n++) {
            RandomMarket market = market(random, n);
            double spot = market.direction.coordinate(market.spot);
            CascadeCurve exact =
                    Sweep.over(market.exactLadder(), Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            BadDebtCurve exactDebt = badDebt(market, market.exactBankruptcies(), Reading.PESSIMISTIC);
            TriggerLadder bankruptcies = bucketed(market, false);
            BadDebtCurve mostDebt = badDebt(market, bankruptcies, Reading.PESSIMISTIC);
            BadDebtCurve leastDebt = badDebt(market, bankruptcies, Reading.OPTIMISTIC);
            CascadeBracket bracket = CascadeBracket.over(bucketed(market, true), market.lotSize, market.impact, spot);
            for (int shock = 0; shock < SHOCKS; shock++) {
                String name = "seed " + seed + ", market " + n + ", shock " + shock;
                double exogenous = Math.min(spot, exogenous(market, shock, exact.pieces()));

                Rest truth = exact.rest(exogenous);
                Rest worst = bracket.pessimistic().rest(exogenous);
                Rest best = bracket.optimistic().rest(exogenous);

                assertThat(worst.price()).describedAs(name).isLessThanOrEqualTo(truth.price() + ROUNDING);
                assertThat(best.price()).describedAs(name).isGreaterThanOrEqualTo(truth.price() - ROUNDING);
                assertThat(truth.lots()).describedAs(name).isBetween(best.lots(), worst.lots());
                double owed = exactDebt.at(truth.price());
                double rounding = Double.isInfinite(owed)
                        ? 0
                        : owed * 1e-9 + ROUNDING * market.spot * truth.lots() * market.lotSize;
                assertThat(mostDebt.at(worst.price())).describedAs(name).isGreaterThanOrEqualTo(owed - rounding);
                assertThat(leastDebt.at(best.price())).describedAs(name).isLessThanOrEqualTo(owed + rounding);
                // Each is at most the exact curve moved by a bucket.
                assertThat(worst.price())
                        .describedAs(name)
                        .isGreaterThanOrEqualTo(exact.rest(exogenous - WIDTH).price() + WIDTH - ROUNDING);
                if (exogenous + WIDTH <= spot) {
                    assertThat(best.price())
                            .describedAs(name)
                            .isLessThanOrEqualTo(exact.rest(exogenous + WIDTH).price() - WIDTH + ROUNDING);
                }
                apart += worst.lots() > best.lots() ? 1 : 0;
            }
        }
        assertThat(apart).describedAs("brackets that are open").isGreaterThan(2 * MARKETS);
    }

    /** Half of the shocks are aimed at where the curve jumps: it is there that buckets hide something. */
    private static double exogenous(RandomMarket market, int shock, List<CascadeCurve.Piece> pieces) {
        if (shock % 2 == 0 || pieces.size() < 2) {
            return market.direction.coordinate(market.exogenous(shock));
        }
        int aim = (int) market.between(0, pieces.size() - 1);
        return pieces.get(aim).from() + market.between(-WIDTH, WIDTH);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4201, 4202})
    void shouldGiveTheSameForFallsAndTheirMirrorImage(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < MARKETS; n++) {
            RandomMarket market = market(random, n);
            List<Ladder.Rung> rungs = rungs(market, true, 0, 1);
            List<Ladder.Rung> mirrored = new ArrayList<>();
            for (Ladder.Rung rung : rungs) {
                mirrored.add(
                        0,
                        new Ladder.Rung(
                                -1 - rung.bucket(),
                                rung.shortLots(),
                                rung.longLots(),
                                rung.shortPositions(),
                                rung.longPositions()));
            }
            double spot = market.direction.coordinate(market.spot);
            TriggerLadder ladder = TriggerLadder.of(rungs, PriceGrid.LADDER, market.direction);
            TriggerLadder mirror = TriggerLadder.of(mirrored, PriceGrid.LADDER, opposite(market.direction));

            CascadeBracket one = CascadeBracket.over(ladder, market.lotSize, market.impact, spot);
            CascadeBracket other = CascadeBracket.over(mirror, market.lotSize, market.impact, spot);

            String name = "seed " + seed + ", market " + n;
            assertSame(name, one.pessimistic(), other.pessimistic());
            assertSame(name, one.optimistic(), other.optimistic());
        }
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.FALL ? Direction.RISE : Direction.FALL;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4301, 4302})
    void shouldGiveTheSameForPartsThatWereMerged(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < MARKETS; n++) {
            RandomMarket market = market(random, n);
            Ladder merged = new Ladder();
            for (int part = 2; part >= 0; part--) {
                merged.addAll(rungs(market, true, part, 3));
            }
            double spot = market.direction.coordinate(market.spot);
            TriggerLadder whole = bucketed(market, true);
            TriggerLadder parts = TriggerLadder.of(merged.rungs(), PriceGrid.LADDER, market.direction);

            CascadeCurve one = Sweep.over(whole, Reading.PESSIMISTIC, market.lotSize, market.impact, spot);
            CascadeCurve other = Sweep.over(parts, Reading.PESSIMISTIC, market.lotSize, market.impact, spot);

            assertSame("seed " + seed + ", market " + n, one, other);
        }
    }

    /** To the last bit. */
    private static void assertSame(String name, CascadeCurve one, CascadeCurve other) {
        assertThat(one.pieces()).describedAs(name).isNotEmpty().isEqualTo(other.pieces());
        assertThat(one.tips()).describedAs(name).isEqualTo(other.tips());
        double far = one.spot() - 1;
        assertThat(one.rest(far)).describedAs(name).isEqualTo(other.rest(far));
        assertThat(one.equilibria(far)).describedAs(name).isEqualTo(other.equilibria(far));
    }

    private static RandomMarket market(Random random, int n) {
        RandomMarket market =
                new RandomMarket(random, n % RandomMarket.SHAPES, n / RandomMarket.SHAPES % RandomMarket.LAWS);
        // What is past its trigger may move the price further than any shock, and leave no curve to compare.
        market.items.removeIf(item ->
                market.direction == Direction.FALL ? item.trigger() >= market.spot : item.trigger() <= market.spot);
        return market;
    }

    private static BadDebtCurve badDebt(RandomMarket market, TriggerLadder bankruptcies, Reading reading) {
        return BadDebtCurve.of(
                bankruptcies, reading, market.lotSize, Settlement.LINEAR, market.direction.coordinate(market.spot));
    }

    private static TriggerLadder bucketed(RandomMarket market, boolean triggers) {
        return TriggerLadder.of(rungs(market, triggers, 0, 1), PriceGrid.LADDER, market.direction);
    }

    private static List<Ladder.Rung> rungs(RandomMarket market, boolean triggers, int part, int parts) {
        Ladder ladder = new Ladder();
        for (RandomMarket.Item item : market.items) {
            if (item.account() % parts == part) {
                int bucket = PriceGrid.LADDER.cell(triggers ? item.trigger() : item.bankruptcy());
                boolean longs = market.direction == Direction.FALL;
                ladder.addAll(List.of(new Ladder.Rung(
                        bucket, longs ? item.lots() : 0, longs ? 0 : item.lots(), longs ? 1 : 0, longs ? 0 : 1)));
            }
        }
        return ladder.rungs();
    }
}
