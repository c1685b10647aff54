package io.plimsoll.risk.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.cascade.Impact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScenarioRunTest {

    private static final LotSize LOTS = new LotSize(2, 1);
    private static final String BTC = "x:BTC";
    private static final String ETH = "x:ETH";

    private final List<ScenarioMarket> markets = new ArrayList<>();

    @Test
    void shouldLandAtTheShockWhereNobodyFalls() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        cross("a", 1000, position(BTC, 1, 100));

        RunOutcome outcome = play(RoundMode.GROSS, shock("BTC", -0.1));

        assertThat(outcome.rounds()).isZero();
        assertThat(outcome.settled()).isTrue();
        assertThat(outcome.markets()).singleElement().satisfies(landing -> {
            assertThat(landing.low()).isEqualTo(90);
            assertThat(landing.high()).isEqualTo(90);
            assertThat(landing.exhausted()).isFalse();
        });
        assertThat(outcome.total()).isEqualTo(VenueTally.NONE);
    }

    @Test
    void shouldPassFromOneMarketToAnotherThroughASharedAccount() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        market(ETH, "ETH", 10, TestImpact.linear(0.001));
        // Falls with BTC at -10 %, and sells its ETH.
        cross("a", 120, position(BTC, 10, 100), position(ETH, 100, 10));
        // Holds ETH alone, 5 % of margin.
        cross("b", 70, position(ETH, 100, 10));

        RunOutcome outcome = play(RoundMode.NET, shock("BTC", -0.1));

        assertThat(outcome.rounds()).isEqualTo(2);
        assertThat(outcome.path().get(0).flows()).containsOnlyKeys(BTC, ETH);
        assertThat(outcome.path().get(1).flows()).containsOnlyKeys(ETH);
        assertThat(outcome.path().get(1).low().get(ETH)).isCloseTo(10 * Math.exp(-0.1), within(1e-12));
        MarketLanding eth = outcome.markets().get(1);
        assertThat(eth.low()).isCloseTo(10 * Math.exp(-0.2), within(1e-12));
        assertThat(eth.soldSize()).isEqualTo(200);
        // 100 ETH at 8.187 bought at 10, and 70 in cash.
        VenueTally tally = outcome.venues().get("x").tally();
        double badDebtOfB = 1000 * (1 - Math.exp(-0.2)) - 70;
        double badDebtOfA = 1000 * (1 - 0.9 * Math.exp(-0.1)) + 1000 * (1 - Math.exp(-0.2)) - 120;
        assertThat(tally.badDebtMicroUsd() / 1e6).isCloseTo(badDebtOfA + badDebtOfB, within(1e-5));
        assertThat(tally.notionalMicroUsd()).isEqualTo(3_000_000_000L);
        assertThat(tally.accounts()).isEqualTo(2);
    }

    @Test
    void shouldHoldEachPositionAgainstThePriceThatHurtsIt() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        cross("long", 100, position(BTC, 10, 100));
        // Sold at 95, it would gain from the fall; but the short that is bought back pushes the high price.
        cross("short", 20, position(BTC, -10, 95));

        RunOutcome gross = play(RoundMode.GROSS, shock("BTC", -0.06));
        RunOutcome net = play(RoundMode.NET, shock("BTC", -0.06));

        assertThat(gross.total().accounts()).isEqualTo(net.total().accounts()).isEqualTo(2);
        assertThat(gross.markets().get(0).low()).isCloseTo(94 * Math.exp(-0.1), within(1e-12));
        assertThat(gross.markets().get(0).high()).isCloseTo(94 * Math.exp(0.1), within(1e-12));
        assertThat(net.markets().get(0).low()).isEqualTo(94);
        assertThat(gross.total().badDebtMicroUsd()).isGreaterThan(net.total().badDebtMicroUsd());
    }

    @Test
    void shouldCutWhatIsHeldAndNotWhatIsOwed() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        Balance usde = new Balance("USDE", null, 100, 1, 1);
        account("a", List.of(usde), position(BTC, 10, 100));
        account(
                "b",
                List.of(new Balance("USDC", null, 200, 1, 1), new Balance("USDE", null, -100, 1, 1)),
                position(BTC, 10, 100));
        ScenarioTerms none = new ScenarioTerms(Map.of(), 1, Map.of(), Set.of());
        ScenarioTerms cut = new ScenarioTerms(Map.of(), 1, Map.of("USDE", 0.6), Set.of());

        assertThat(play(RoundMode.GROSS, none).total().accounts()).isZero();
        RunOutcome outcome = play(RoundMode.GROSS, cut);

        // 100 x 0.4 does not cover 5 % of 1000; who owes the coin owes no less, and falls only by the sale of the
        // other.
        assertThat(outcome.path().get(0).accounts()).isEqualTo(1);
        assertThat(outcome.rounds()).isEqualTo(2);
    }

    @Test
    void shouldCutACoinThatFollowsAPriceButSellAllOfIt() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        loan("a", 10, 0.8, 600);
        ScenarioTerms cut = new ScenarioTerms(Map.of(), 1, Map.of("BTC", 0.3), Set.of());

        RunOutcome outcome = play(RoundMode.NET, cut);

        assertThat(outcome.markets().get(0).soldSize()).isEqualTo(10);
        // 10 BTC at 90.48, worth 70 % of it, against 600.
        assertThat(outcome.total().equityLeftMicroUsd() / 1e6)
                .isCloseTo(1000 * Math.exp(-0.1) * 0.7 - 600, within(1e-5));
    }

    @Test
    void shouldLeaveOutRemovedAccounts() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        cross("a", 100, position(BTC, 10, 100));
        ScenarioTerms without = new ScenarioTerms(Map.of("BTC", -0.1), 1, Map.of(), Set.of("x:a"));

        assertThat(play(RoundMode.GROSS, shock("BTC", -0.1)).total().accounts()).isEqualTo(1);
        assertThat(play(RoundMode.GROSS, without).accountsJudged()).isZero();
    }

    @Test
    void shouldTakeAMarketsOwnShockBeforeThatOfItsAsset() {
        market(BTC, "BTC", 100, null);
        market("y:BTC", "BTC", 100, null);
        ScenarioTerms scenario = new ScenarioTerms(Map.of("BTC", -0.1, "y:BTC", 0.2), 1, Map.of(), Set.of());

        RunOutcome outcome = play(RoundMode.NET, scenario);

        assertThat(outcome.markets()).extracting(MarketLanding::low).containsExactly(90.0, 120.0);
        assertThat(outcome.markets()).extracting(MarketLanding::impactKnown).containsOnly(false);
    }

    @Test
    void shouldSayWhereTheBookEnds() {
        market(BTC, "BTC", 100, new TestImpact(0.001, 1, 5));
        cross("a", 100, position(BTC, 10, 100));

        MarketLanding landing =
                play(RoundMode.GROSS, shock("BTC", -0.1)).markets().get(0);

        assertThat(landing.exhausted()).isTrue();
        assertThat(landing.unfilledSize()).isEqualTo(5);
        assertThat(landing.low())
                .describedAs("what finds no depth moves nothing")
                .isCloseTo(90 * Math.exp(-0.005), within(1e-12));
    }

    @Test
    void shouldMoveFurtherWithLessDepth() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        cross("a", 100, position(BTC, 10, 100));
        ScenarioTerms thin = new ScenarioTerms(Map.of("BTC", -0.1), 0.25, Map.of(), Set.of());

        assertThat(play(RoundMode.NET, thin).markets().get(0).low()).isCloseTo(90 * Math.exp(-0.4), within(1e-12));
    }

    @Test
    void shouldTakeTheVenuesLineWhereOursIsNotConfirmed() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        // By its margin it would stand at 90; the venue says it goes at 95.
        OpenPosition reported = new OpenPosition(
                contract(BTC), 1000, 100, 1_000_000_000, null, null, new OpenPosition.VenueLine(95.0, 100.0), 0);
        account("a", List.of(new Balance("USDC", null, 500, 1, 1)), reported);

        assertThat(play(RoundMode.GROSS, shock("BTC", -0.04)).total().accounts())
                .isZero();
        assertThat(play(RoundMode.GROSS, shock("BTC", -0.06)).total().accounts())
                .isEqualTo(1);
    }

    @Test
    void shouldSayWhatWinnersWouldLose() {
        market(BTC, "BTC", 100, null);
        cross("loser", 60, position(BTC, 10, 100));
        cross("winner", 500, position(BTC, -10, 100));

        RunOutcome outcome = play(RoundMode.NET, shock("BTC", -0.2), Map.of("x", 40_000_000L));

        VenueLoss venue = outcome.venues().get("x");
        assertThat(venue.tally().badDebtMicroUsd()).isEqualTo(140_000_000);
        assertThat(venue.tally().winnersMicroUsd()).isEqualTo(200_000_000);
        assertThat(venue.adlMicroUsd()).isEqualTo(100_000_000);
        assertThat(venue.profitHaircut()).isEqualTo(0.5);
    }

    @Test
    void shouldStopAtTheLimitOfRoundsAndSaySo() {
        market(BTC, "BTC", 100, TestImpact.linear(0.01));
        for (int i = 0; i < 5; i++) {
            cross("a" + i, 110 + 70 * i, position(BTC, 10, 100));
        }

        RunOutcome whole = play(RoundMode.NET, shock("BTC", -0.1));
        RunOutcome stopped = play(RoundMode.NET, shock("BTC", -0.1), Map.of(), 2);

        assertThat(whole.rounds()).isEqualTo(5);
        assertThat(whole.settled()).isTrue();
        assertThat(stopped.rounds()).isEqualTo(2);
        assertThat(stopped.settled()).isFalse();
        assertThat(stopped.path()).hasSize(2);
    }

    @Test
    void shouldCountPoolsWithoutAPrice() {
        market(BTC, "BTC", 100, null);
        cross("a", 100, position(ETH, 10, 100));

        RunOutcome outcome = play(RoundMode.GROSS, shock("BTC", -0.5));

        assertThat(outcome.poolsUnpriced()).isEqualTo(1);
        assertThat(outcome.total().pools()).isZero();
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThatThrownBy(() -> shock("BTC", -1))
                .hasMessage("shock of BTC is -1.0, allowed is more than -1 and up to 99.0");
        assertThatThrownBy(() -> new ScenarioTerms(Map.of(), 0, Map.of(), Set.of()))
                .hasMessage("depth haircut is 0.0, allowed is above 0, to 1");
        assertThatThrownBy(() -> new ScenarioTerms(Map.of(), 1, Map.of("USDE", -0.1), Set.of()))
                .hasMessage("collateral cut of USDE is -0.1, allowed is 0 to 1");
        assertThatThrownBy(() -> new ScenarioTerms(Map.of("BTC", Double.NaN), 1, Map.of(), Set.of()))
                .hasMessageContaining("shock of BTC is NaN");
    }

    private static ScenarioTerms shock(String asset, double shock) {
        return new ScenarioTerms(Map.of(asset, shock), 1, Map.of(), Set.of());
    }

    private void market(String name, String asset, double price, @Nullable Impact impact) {
        markets.add(new ScenarioMarket(name, asset, LOTS, price, 1, impact, impact));
    }

    private static Contract contract(String market) {
        return new Contract(
                market,
                market.substring(2),
                "USDC",
                Shape.LINEAR,
                LOTS,
                6,
                MarginTable.ofMaxLeverage(10),
                0,
                VenueModel.GENERIC);
    }

    private static OpenPosition position(String market, long size, double entry) {
        Contract contract = contract(market);
        long amount = contract.settleAmount(Math.abs(size * 100), entry);
        return new OpenPosition(contract, size * 100, entry, amount, null, null, null, 0);
    }

    private void cross(String name, double cash, OpenPosition... positions) {
        account(name, List.of(new Balance("USDC", null, cash, 1, 1)), positions);
    }

    private void loan(String name, double coins, double threshold, double debt) {
        account(name, List.of(new Balance("BTC", BTC, coins, threshold, 100), new Balance("USDC", null, -debt, 1, 1)));
    }

    private final List<MarginAccount> made = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private void account(String name, List<Balance> balances, OpenPosition... positions) {
        made.add(new MarginAccount(List.of(positions), balances, VenueModel.GENERIC));
        names.add("x:" + name);
    }

    private RunOutcome play(RoundMode mode, ScenarioTerms scenario) {
        return play(mode, scenario, Map.of());
    }

    private RunOutcome play(RoundMode mode, ScenarioTerms scenario, Map<String, Long> insurance) {
        return play(mode, scenario, insurance, ScenarioRun.MOST_ROUNDS);
    }

    private RunOutcome play(RoundMode mode, ScenarioTerms scenario, Map<String, Long> insurance, int mostRounds) {
        ScenarioRun run = new ScenarioRun(mode, scenario, markets, mostRounds);
        Fallen fallen = new Fallen();
        while (!run.isOver()) {
            SliceRound round = new SliceRound(run.path(), fallen, market -> LOTS);
            for (int i = 0; i < made.size(); i++) {
                if (!scenario.removedAccounts().contains(names.get(i))) {
                    round.take(ScenarioAccount.of(names.get(i), "x", made.get(i), null, 0.01, scenario));
                }
            }
            run.take(round.answer());
        }
        return run.outcome(insurance);
    }
}
