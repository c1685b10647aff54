package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.LargestPositions;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.VenueModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Funds that go back to a leverage, against the same funds one by one. */
class RebalancingTest {

    private static final long MICRO = 1_000_000;
    private static final double ROUNDING = 1e-9;
    private static final double SPOT = 100;

    private static final Contract LINEAR = Holdings.linear(VenueModel.GENERIC, "X", Holdings.flat(0.01));
    private static final Contract INVERSE = Holdings.inverse(VenueModel.BINANCE_COINM, "X", Holdings.flat(0.01));

    /** One of them, told by what it holds. */
    private record Fund(double leverage, long microUsd) {

        double assets() {
            return microUsd / 1e6;
        }

        /** Base units that it buys, at the price after the move or the one that took all it had. */
        double buys(double move) {
            double wiped = -1 / leverage;
            boolean gone = wiped < 0 ? move <= wiped : move >= wiped;
            double price = SPOT * (1 + (gone ? wiped : move));
            double held = leverage * assets() / SPOT;
            double wanted = gone ? 0 : leverage * (assets() + held * (price - SPOT)) / price;
            return wanted - held;
        }

        double buysUsd(double move) {
            double wiped = -1 / leverage;
            boolean gone = wiped < 0 ? move <= wiped : move >= wiped;
            return buys(move) * SPOT * (1 + (gone ? wiped : move));
        }
    }

    @ParameterizedTest(name = "{0} times, {1} millions")
    @CsvSource({"3, 30", "-3, 60", "2, 10", "-2, 30", "-1, 10"})
    void shouldTradeAsPublished(double leverage, double millions) {
        Rebalancing fund = Rebalancing.of(leverage, 100_000_000 * MICRO);

        assertThat(fund.flowUsd(0.05)).isCloseTo(millions * 1e6, within(1e-3));
        assertThat(fund.flowUsd(-0.05)).isCloseTo(-millions * 1e6, within(1e-3));
        assertThat(fund.usdPerMove()).isCloseTo(20 * millions * 1e6, within(1e-3));
    }

    @Test
    void shouldSellAsABankThatKeepsItsLeverage() {
        // Greenwood, Landier and Thesmar: assets a, debt over equity b, sells a b r.
        double equity = 4e6;
        double assets = 25e6;
        double debtOverEquity = (assets - equity) / equity;

        Rebalancing bank = Rebalancing.of(assets / equity, (long) equity * MICRO);

        assertThat(bank.flowUsd(-0.02)).isCloseTo(-assets * debtOverEquity * 0.02, within(1e-3));
    }

    @Test
    void shouldSellForConstantProportionByWhatIsAboveTheFloor() {
        // 100 with a floor of 80 and a multiplier of 4 holds 80; after a fall of 10 % the cushion is 12, and it holds
        // 48.
        Rebalancing insured = Rebalancing.of(4, 20 * MICRO);

        assertThat(insured.exposureUsd()).isCloseTo(80, within(ROUNDING));
        assertThat(insured.flowUsd(-0.1)).isCloseTo(48 - 80 * 0.9, within(ROUNDING));
    }

    @Test
    void shouldHaveClosedEverythingWhereNothingIsLeft() {
        Rebalancing fund = Rebalancing.of(5, 100 * MICRO);

        // 500 held; a fall of 20 % takes the 100, and 400 are sold. Further down there is nothing more to sell.
        assertThat(fund.flowUsd(-0.2)).isCloseTo(-400, within(ROUNDING));
        assertThat(fund.flowUsd(-0.5)).isCloseTo(-400, within(ROUNDING));
        assertThat(Rebalancing.of(-3, 100 * MICRO).flowUsd(0.9)).isCloseTo(400, within(ROUNDING));
    }

    @Test
    void shouldRefuseWhoDoesNotTradeTheWayOfTheMove() {
        for (double leverage : new double[] {0, 0.5, 1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Rebalancing.of(leverage, MICRO));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> Rebalancing.of(2, -1));
        assertThat(Rebalancing.of(2, 0).isNothing()).isTrue();
    }

    private static List<Fund> funds(Random random, int count) {
        List<Fund> funds = new ArrayList<>();
        double[] leverages = {-3, -2, -1, 1.5, 2, 3, 5};
        for (int i = 0; i < count; i++) {
            funds.add(new Fund(
                    leverages[random.nextInt(leverages.length)], (long) (1e12 * Math.pow(random.nextDouble(), 4))));
        }
        return funds;
    }

    private static Rebalancing sum(List<Fund> funds) {
        Rebalancing sum = Rebalancing.NONE;
        for (Fund fund : funds) {
            sum = sum.plus(Rebalancing.of(fund.leverage(), fund.microUsd()));
        }
        return sum;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldTradeWhatItsFundsDo(long seed) {
        Random random = new Random(seed);
        for (int n = 0; n < 200; n++) {
            List<Fund> funds = funds(random, 1 + random.nextInt(30));
            Rebalancing sum = sum(funds);
            double move = random.nextBoolean() ? -0.6 * random.nextDouble() : 1.2 * random.nextDouble();

            double expected =
                    funds.stream().mapToDouble(fund -> fund.buysUsd(move)).sum();
            double volume = funds.stream().mapToDouble(fund -> fund.buys(move)).sum();

            double scale = sum.exposureUsd() + 1;
            assertThat(sum.flowUsd(move)).isCloseTo(expected, within(ROUNDING * scale));
            assertThat(sum.assetsUsd())
                    .isCloseTo(funds.stream().mapToDouble(Fund::assets).sum(), within(ROUNDING * scale));
            Direction direction = move < 0 ? Direction.FALL : Direction.RISE;
            assertThat(sum.volume(direction, market(List.of(), LINEAR, 1), direction.distance(Math.abs(move))))
                    .isCloseTo(Math.abs(volume), within(ROUNDING * scale));
            assertThat(sum.volume(direction, market(List.of(), INVERSE, 1), direction.distance(Math.abs(move))))
                    .isCloseTo(Math.abs(expected), within(ROUNDING * scale));
        }
    }

    @ParameterizedTest(name = "{0} parts")
    @ValueSource(ints = {1, 3, 7})
    void shouldBeTheSameInPartsAndInAnyOrder(int parts) {
        List<Fund> funds = funds(new Random(parts), 100);
        Rebalancing whole = sum(funds);
        Rebalancing merged = Rebalancing.NONE;
        for (int part = parts - 1; part >= 0; part--) {
            List<Fund> its = new ArrayList<>();
            for (int i = part; i < funds.size(); i += parts) {
                its.add(0, funds.get(i));
            }
            merged = sum(its).plus(merged);
        }

        assertThat(merged).hasToString(whole.toString());
        assertThat(merged.flowUsd(-0.1)).isEqualTo(whole.flowUsd(-0.1));
    }

    /** Volume 100 moves ln(price) by a given amount. */
    private static CascadeMarket market(List<Ladder.Rung> rungs, Contract contract, double movePer100) {
        Impact impact = LinearImpact.through(100, movePer100);
        return new CascadeMarket(
                rungs,
                List.of(),
                contract,
                SPOT,
                1,
                new MarketImpact(MarketImpact.Source.DEPTH, impact, impact, 1, 1, 1),
                0,
                0,
                LargestPositions.NONE);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    void shouldEncloseWhereAccountsAndFundsTogetherComeToRest(long seed) {
        Random random = new Random(seed);
        int moved = 0;
        for (int n = 0; n < 60; n++) {
            Direction direction = random.nextBoolean() ? Direction.FALL : Direction.RISE;
            Contract contract = random.nextInt(3) == 0 ? INVERSE : LINEAR;
            double lotSize = contract.lotSize().size(1);
            double spot = direction.coordinate(SPOT);
            double[] triggers = new double[20];
            long[] lots = new long[triggers.length];
            TreeMap<Integer, Ladder.Rung> rungs = new TreeMap<>();
            for (int i = 0; i < triggers.length; i++) {
                triggers[i] = spot - 0.002 - 0.4 * random.nextDouble();
                lots[i] = (long) ((1 + random.nextInt(200)) * (contract == INVERSE ? SPOT : 1) / lotSize);
                int bucket = PriceGrid.LADDER.cell(direction.price(triggers[i]));
                boolean fall = direction == Direction.FALL;
                Ladder.Rung one =
                        new Ladder.Rung(bucket, fall ? lots[i] : 0, fall ? 0 : lots[i], fall ? 1 : 0, fall ? 0 : 1);
                rungs.merge(bucket, one, RebalancingTest::plus);
            }
            double movePer100 = (contract == INVERSE ? 1 / SPOT : 1) * 0.01 * Math.pow(10, -2 * random.nextDouble());
            CascadeMarket market = market(List.copyOf(rungs.values()), contract, movePer100);
            Rebalancing funds = sum(funds(random, 5));
            // Brought to a size that matters, and does not empty everything.
            double target = (0.1 + random.nextDouble()) * 1_000 * SPOT;
            Rebalancing scaled = Rebalancing.of(3, (long) (target / 6 * MICRO))
                    .plus(Rebalancing.of(-2, (long) (target / 6 * MICRO)));
            Rebalancing all = random.nextBoolean() || funds.usdPerMove() > 1e6 ? scaled : scaled.plus(funds);
            RebalancedCascade cascade =
                    RebalancedCascade.all(market.direction(direction), all, 1).get(0);
            for (double shock : new double[] {0.01, 0.02, 0.05, 0.1, 0.2}) {
                double truth = rest(market, direction, all, triggers, lots, lotSize, shock);
                if (spot - truth > 0.65) {
                    continue; // beyond what is put on the ladder
                }
                RebalancedCascade.Shock its = cascade.shock(shock);
                Double worst = its.worst().price();
                Double best = its.best().price();
                String name = "seed " + seed + ", market " + n + ", " + direction + " of " + shock;
                assertThat(worst).describedAs(name).isNotNull();
                assertThat(direction.coordinate(worst)).describedAs(name).isLessThanOrEqualTo(truth + 1e-6);
                assertThat(direction.coordinate(best)).describedAs(name).isGreaterThanOrEqualTo(truth - 1e-6);
                moved += its.worst().positions();
            }
        }
        assertThat(moved).describedAs("positions liquidated").isGreaterThan(100);
    }

    private static Ladder.Rung plus(Ladder.Rung one, Ladder.Rung other) {
        return new Ladder.Rung(
                one.bucket(),
                one.longLots() + other.longLots(),
                one.shortLots() + other.shortLots(),
                one.longPositions() + other.longPositions(),
                one.shortPositions() + other.shortPositions());
    }

    /** Round by round: who is triggered and what funds trade at a price moves it on, until it stands. */
    private static double rest(
            CascadeMarket market,
            Direction direction,
            Rebalancing funds,
            double[] triggers,
            long[] lots,
            double lotSize,
            double shock) {
        double spot = direction.coordinate(SPOT);
        double exogenous = spot - direction.distance(shock);
        double price = exogenous;
        for (int round = 0; round < 100_000; round++) {
            double volume = funds.volume(direction, market, Math.min(5, spot - price));
            for (int i = 0; i < triggers.length; i++) {
                volume += triggers[i] >= price ? lots[i] * lotSize : 0;
            }
            double next = exogenous - market.impact().of(direction).move(volume);
            if (price - next < 1e-12 || spot - next > 5) {
                return next;
            }
            price = next;
        }
        return price;
    }

    @Test
    void shouldLeaveACascadeAsItIsWhereThereAreNone() {
        CascadeMarket market = market(List.of(new Ladder.Rung(4_550, 100_000_000_000L, 0, 3, 0)), LINEAR, 0.01);
        DirectionMarket side = market.direction(Direction.FALL);

        RebalancedCascade.Shock with =
                RebalancedCascade.all(side, Rebalancing.NONE, 1).get(0).shock(0.1);
        ShockMeasures without = side.cascade(1).shock(0.1);

        assertThat(with.worst().price()).isEqualTo(without.worst().price());
        assertThat(with.best().endogenous()).isEqualTo(without.best().endogenous());
        assertThat(with.worst().rebalancingUsd()).isZero();
        assertThat(with.shock()).isEqualTo(-0.1);
    }

    @Test
    void shouldMoveOnAShockByTheirOwnTrades() {
        // 100 per 1 % of ln(price); a 3x fund of 1,000: 6,000 per unit of move.
        CascadeMarket market = market(List.of(), LINEAR, 0.01);
        Rebalancing fund = Rebalancing.of(3, 1_000 * MICRO);

        RebalancedCascade.Shock shock = RebalancedCascade.all(market.direction(Direction.FALL), fund, 1)
                .get(0)
                .shock(0.05);

        double price = 95;
        for (int i = 0; i < 200; i++) {
            double sold = 6_000 * (1 - price / 100) / price;
            price = 95 * Math.exp(-sold / 100 * 0.01);
        }
        assertThat(shock.worst().price()).isCloseTo(price, within(1e-3 * price));
        assertThat(shock.worst().price()).isLessThanOrEqualTo(price);
        assertThat(shock.best().price()).isGreaterThanOrEqualTo(price);
        assertThat(shock.worst().rebalancingUsd()).isCloseTo(-6_000 * (1 - price / 100), within(1.0));
    }
}
