package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Prices, triggers and moves that are whole numbers of 1/64: ties of all kinds happen all the time, doubles are exact,
 * and the oracle counts in integers.
 */
class SweepOnLatticeTest {

    private static final int MARKETS = 1_500;
    private static final int UNIT = 64;
    private static final int SPOT = 64;
    private static final int FLOOR = 4;

    private static final double[] EDGES = {1, 3, 10, 40};
    private static final double[] RESTING = {8, 16, 32, 64};

    /** No move: more than the book holds. */
    private static final int EXHAUSTED = -1;

    private record Market(int[] triggers, long[] lots, boolean bands) {

        /** In 1/64. */
        int move(long sold) {
            if (!bands) {
                return (int) (UNIT / 4 * sold);
            }
            // 8 within the first unit, 8 in the next two, 16 in the next seven, 32 in the next thirty.
            int move = 0;
            int[] widths = {1, 2, 7, 30};
            int[] amounts = {8, 8, 16, 32};
            long left = sold;
            for (int i = 0; i < widths.length; i++) {
                long taken = Math.min(left, amounts[i]);
                move += (int) (taken * widths[i] * UNIT / amounts[i]);
                left -= taken;
            }
            return left > 0 ? EXHAUSTED : move;
        }

        long triggeredAt(int price) {
            long sum = 0;
            for (int i = 0; i < triggers.length; i++) {
                sum += price <= triggers[i] * UNIT ? lots[i] : 0;
            }
            return sum;
        }

        /** One account at a time, the last of the list first. */
        int rest(int exogenous) {
            boolean[] done = new boolean[triggers.length];
            long sold = 0;
            int price = exogenous;
            for (int i = triggers.length - 1; i >= 0; i--) {
                if (!done[i] && price <= triggers[i] * UNIT) {
                    done[i] = true;
                    sold += lots[i];
                    int move = move(sold);
                    price = move == EXHAUSTED ? FLOOR * UNIT : Math.max(FLOOR * UNIT, exogenous - move);
                    i = triggers.length;
                }
            }
            return price;
        }

        /** Tries all prices. */
        List<Integer> fixedPoints(int exogenous) {
            List<Integer> found = new ArrayList<>();
            for (int price = exogenous; price >= FLOOR * UNIT; price--) {
                int move = move(triggeredAt(price));
                int next = move == EXHAUSTED ? FLOOR * UNIT : Math.max(FLOOR * UNIT, exogenous - move);
                if (next == price) {
                    found.add(price);
                }
            }
            return found;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4401, 4402})
    void shouldAgreeInEveryTie(long seed) {
        Random random = new Random(seed);
        int several = 0;
        int onTrigger = 0;
        for (int n = 0; n < MARKETS; n++) {
            Market market = market(random);
            CascadeCurve curve = curve(market);
            for (int exogenous = SPOT * UNIT;
                    exogenous > FLOOR * UNIT;
                    exogenous -= UNIT / 4 * (1 + random.nextInt(9))) {
                String name = "seed " + seed + ", market " + n + ", to " + exogenous + "/64";

                Rest rest = curve.rest((double) exogenous / UNIT);
                List<Rest> equilibria = curve.equilibria((double) exogenous / UNIT);

                int expected = market.rest(exogenous);
                assertThat(rest.price() * UNIT).describedAs(name).isEqualTo(expected);
                assertThat(rest.lots()).describedAs(name).isEqualTo(market.triggeredAt(expected));
                assertThat(equilibria.stream().map(other -> (int) (other.price() * UNIT)))
                        .describedAs(name)
                        .isEqualTo(market.fixedPoints(exogenous));
                assertThat(equilibria.get(0)).describedAs(name).isEqualTo(rest);
                assertThat(curve.deepest((double) exogenous / UNIT))
                        .describedAs(name)
                        .isEqualTo(equilibria.get(equilibria.size() - 1));
                several += equilibria.size() > 1 ? 1 : 0;
                onTrigger += isTie(market, exogenous) ? 1 : 0;
            }
        }
        assertThat(several).describedAs("several equilibria").isGreaterThan(MARKETS);
        assertThat(onTrigger)
                .describedAs("rests just at a trigger, but for the least shock")
                .isGreaterThan(MARKETS);
    }

    /** Whether, with all but those at one trigger closed, the price would stand just on that trigger. */
    private static boolean isTie(Market market, int exogenous) {
        for (int trigger : market.triggers()) {
            int move = market.move(market.triggeredAt(trigger * UNIT + 1));
            if (move != EXHAUSTED && exogenous - move == trigger * UNIT) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4501})
    void shouldTipWhereTheCurveJumps(long seed) {
        Random random = new Random(seed);
        int tips = 0;
        for (int n = 0; n < MARKETS; n++) {
            Market market = market(random);
            CascadeCurve curve = curve(market);
            String name = "seed " + seed + ", market " + n;
            for (TippingPoint tip : curve.tips(new SelfSustaining(1, 0))) {
                int threshold = (int) Math.round(tip.threshold() * UNIT);
                assertThat(tip.landing() * UNIT).describedAs(name).isEqualTo(market.rest(threshold));
                assertThat(tip.lots())
                        .describedAs(name)
                        .isEqualTo(market.triggeredAt(market.rest(threshold))
                                - market.triggeredAt((int) (tip.entry() * UNIT) + 1));
                if (threshold < SPOT * UNIT) {
                    // A 64th less of a shock, and the price rests a 64th above the trigger.
                    assertThat(market.rest(threshold + 1)).describedAs(name).isEqualTo((int) (tip.entry() * UNIT) + 1);
                }
                tips++;
            }
        }
        assertThat(tips).isGreaterThan(MARKETS);
    }

    private static Market market(Random random) {
        int size = random.nextInt(25);
        int[] triggers = new int[size];
        long[] lots = new long[size];
        for (int i = 0; i < size; i++) {
            triggers[i] = 1 + random.nextInt(SPOT - 1 + (random.nextInt(20) == 0 ? 4 : 0));
            lots[i] = 1 + random.nextInt(5);
        }
        return new Market(triggers, lots, random.nextBoolean());
    }

    private static CascadeCurve curve(Market market) {
        double[] triggers = new double[market.triggers().length];
        for (int i = 0; i < triggers.length; i++) {
            triggers[i] = market.triggers()[i];
        }
        Impact impact = market.bands() ? DepthImpact.ending(EDGES, RESTING) : new LinearImpact(0.25);
        TriggerLadder ladder = TriggerLadder.exact(Direction.FALL, triggers, market.lots());
        return Sweep.over(ladder, Reading.PESSIMISTIC, 1, impact, SPOT, FLOOR);
    }
}
