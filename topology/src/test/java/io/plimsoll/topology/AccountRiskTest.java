package io.plimsoll.topology;

import static io.plimsoll.topology.Published.only;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.NumberSource;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.topology.accounts.NearAccount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is told of single accounts, and when. Maintenance is 1 % of notional unless a story says otherwise. */
class AccountRiskTest {

    private static final String V = MonitorFixture.VENUE;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    /** One BTC long at 100 on 20: equity is p - 80, the line at 80 / 0.99 = 80.8081. */
    private void oneLong() {
        monitor.instrument("BTC", 5, 50).price("BTC", 100).cash("a", 20).cross("a", "BTC", 1, 100);
        monitor.settle();
        assertThat(monitor.accountRisks()).isEmpty();
    }

    @Test
    void shouldFindAnAccountOnTheTickThatCrossesItsLine() {
        oneLong();

        monitor.at(10).price("BTC", 80.81).wait(Duration.ofMillis(10));
        monitor.at(11).price("BTC", 80.80).wait(Duration.ofMillis(10));

        List<AccountRisk> risks = monitor.accountRisks();
        assertThat(risks)
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.MARGIN_CALL, MarginCallState.LIQUIDATABLE);
        AccountRisk risk = risks.get(1);
        assertThat(risk.getAsOfMs()).isEqualTo(MonitorFixture.START.toEpochMilli() + 11_000);
        assertThat(risk.getStateSinceMs()).isEqualTo(risk.getAsOfMs());
        assertThat(risk.getEquityUsd()).isCloseTo(0.8, within(1e-9));
        assertThat(risk.getMaintenanceMarginUsd()).isCloseTo(0.808, within(1e-9));
        assertThat(risk.getMarginRatio()).isCloseTo(1.01, within(1e-9));
        assertThat(risk.getDistance()).isZero();
        assertThat(risk.getPositions().get(0).getLiquidationPrice()).isCloseTo(80 / 0.99, within(1e-9));
        assertThat(risk.getPositions().get(0).getBankruptcyPrice()).isCloseTo(80, within(1e-9));
    }

    @Test
    void shouldHaveInTheIndexWhatIsNearAndNothingElse() {
        oneLong();
        monitor.cash("b", 25).cross("b", "BTC", 1, 100).settle();
        assertThat(indexed()).isEmpty();

        for (double price : new double[] {81, 76, 75.5, 81.5}) {
            monitor.at(price == 81.5 ? 60 : 100 - price).price("BTC", price).settle();
            assertThat(indexed()).isNotEmpty().isEqualTo(recounted());
        }
        monitor.at(90).price("BTC", 100).settle();
        assertThat(indexed()).isEmpty();
        assertThat(recounted()).isEmpty();
    }

    private static Price funded(String symbol, double mark, @Nullable Double rate, @Nullable Double hours) {
        return new Price(V, symbol, mark, null, rate, hours, null, 1.0, null, null);
    }

    /** The newest record since the last look, of the one account of a story. */
    private AccountRisk onlyRisk() {
        List<AccountRisk> risks = monitor.accountRisks();
        return risks.get(risks.size() - 1);
    }

    @Test
    void shouldSayHowLongAnAccountCanPayFunding() {
        oneLong();

        // 81.5 on 1.5, of which 0.815 are maintenance; 0.01 % in 4 hours of 81.5 is 0.0020375 an hour.
        monitor.at(10).price(funded("BTC", 81.5, 0.0001, 4.0)).settle();

        AccountRisk risk = onlyRisk();
        assertThat(risk.getFundingUsdPerHour()).isCloseTo(0.0020375, within(1e-12));
        assertThat(risk.getFundingLiquidationMs()).isEqualTo(Math.round(0.685 / 0.0020375 * 3_600_000));
        assertThat(risk.getInterestUsdPerHour()).isZero();
        assertThat(risk.getInterestLiquidationMs()).isNull();

        monitor.at(20).price(funded("BTC", 81.5, -0.0001, 4.0)).settle();
        AccountRisk received = onlyRisk();
        assertThat(received.getFundingUsdPerHour()).isCloseTo(-0.0020375, within(1e-12));
        assertThat(received.getFundingLiquidationMs()).isNull();

        monitor.at(30).price(funded("BTC", 81.5, null, null)).settle();
        AccountRisk unknown = onlyRisk();
        assertThat(unknown.getFundingUsdPerHour()).isNull();
        assertThat(unknown.getFundingLiquidationMs()).isNull();
    }

    @Test
    void shouldChargeNoFundingOnADatedFuture() {
        Instrument future = MonitorFixture.linear("BTC", 5, 50);
        future.setKind(ContractKind.LINEAR_FUTURE);
        monitor.instrument(future).cash("a", 20).cross("a", "BTC", 1, 100);

        monitor.at(10).price("BTC", 81.5).settle();

        AccountRisk risk = onlyRisk();
        assertThat(risk.getFundingUsdPerHour()).isZero();
        assertThat(risk.getFundingLiquidationMs()).isNull();
    }

    @Test
    void shouldSayHowLongALoanCanPayInterest() {
        Instrument coin = MonitorFixture.linear("ETH", 2, 10);
        coin.setKind(ContractKind.SPOT);
        coin.setMarginTiers(List.of());
        monitor.instrument(coin).price("ETH", 2_000);
        balance("loan", "ETH", 10, 0.8, null);
        balance("loan", "USDC", -9_000, 1, 0.05);

        monitor.settle();

        AccountRisk risk = onlyRisk();
        assertThat(risk.getInterestUsdPerHour()).isCloseTo(450 / 8_760.0, within(1e-12));
        // 16,000 back 9,000, which have grown to as much in ln (16 / 9) / 0.05 years.
        assertThat(risk.getInterestLiquidationMs() / 3_600_000.0 / 8_760)
                .isCloseTo(Math.log(16 / 9.0) / 0.05, within(1e-9));

        monitor.at(10);
        balance("loan", "USDC", -9_000, 1, null);
        monitor.settle();
        AccountRisk unknown = onlyRisk();
        assertThat(unknown.getInterestUsdPerHour()).isNull();
        assertThat(unknown.getInterestLiquidationMs()).isNull();
    }

    private void balance(String account, String asset, double quantity, double factor, @Nullable Double borrowRate) {
        monitor.send(
                Topics.COLLATERAL,
                Keys.collateral(V, account, asset),
                new Collateral(V, account, asset, quantity, factor, 1.0, null, borrowRate));
    }

    private Map<String, NearAccount> indexed() {
        Map<String, NearAccount> accounts = new TreeMap<>();
        try (KeyValueIterator<String, NearAccount> all = monitor.driver()
                .<String, NearAccount>getKeyValueStore(MonitorStores.NEAR_ACCOUNTS)
                .all()) {
            all.forEachRemaining(entry -> accounts.put(entry.key, entry.value));
        }
        return accounts;
    }

    private Map<String, NearAccount> recounted() {
        Map<String, NearAccount> accounts = new TreeMap<>();
        try (KeyValueIterator<String, AccountRisk> all = monitor.driver()
                .<String, AccountRisk>getKeyValueStore(MonitorStores.ACCOUNT_RISKS)
                .all()) {
            all.forEachRemaining(entry -> accounts.put(entry.key, NearAccount.of(entry.value)));
        }
        return accounts;
    }

    @Test
    void shouldFindAnAccountWhoseLineASpikeCrossedBetweenTwoConflatedTicks() {
        oneLong();

        monitor.at(10).price("BTC", 99).at(10.001).price("BTC", 80.5).at(10.002).price("BTC", 99.5);
        monitor.wait(Duration.ofMillis(10));

        List<AccountRisk> risks = monitor.accountRisks();
        assertThat(risks)
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.LIQUIDATABLE, MarginCallState.OK);
        assertThat(risks.get(0).getPositions().get(0).getMarkPrice()).isEqualTo(80.5);
    }

    @Test
    void shouldFindAnOptionAccountByASpikeOfItsIndex() {
        option(null);

        optionPrice(10, 99);
        optionPrice(10.001, 60);
        optionPrice(10.002, 99.5);
        monitor.wait(Duration.ofMillis(10));

        assertThat(monitor.accountRisks())
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.BANKRUPT, MarginCallState.OK);
    }

    @Test
    void shouldNotFlapAroundTheBeginningOfWatch() {
        oneLong();
        // WATCH begins at a margin ratio of 0.5, p = 80 / 0.98 = 81.6327, and ends below 0.475, p = 81.7204.
        for (int i = 0; i < 20; i++) {
            monitor.at(10 + i).price("BTC", i % 2 == 0 ? 81.62 : 81.65).wait(Duration.ofMillis(10));
        }
        monitor.at(40).price("BTC", 81.73).wait(Duration.ofMillis(10));

        assertThat(monitor.accountRisks())
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.WATCH, MarginCallState.OK);
    }

    @Test
    void shouldWriteNothingOfAnAccountWhileOtherPricesMove() {
        oneLong();
        monitor.instrument("ETH", 4, 50).price("ETH", 10).settle();
        monitor.at(10).price("BTC", 81).settle();
        assertThat(monitor.accountRisks())
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.MARGIN_CALL);

        for (int i = 0; i < 20; i++) {
            monitor.at(20 + i).price("ETH", 5 + i).wait(Duration.ofSeconds(1));
        }

        assertThat(monitor.accountRisks()).isEmpty();
    }

    @Test
    void shouldWriteThatAnAccountIsClosed() {
        oneLong();
        monitor.at(10).price("BTC", 81).wait(Duration.ofMillis(10));
        assertThat(monitor.accountRisks()).hasSize(1);

        monitor.at(11).closed("a", "BTC").settle();

        assertThat(monitor.accountRisks()).extracting(AccountRisk::getState).containsExactly(MarginCallState.OK);
    }

    @Test
    void shouldBeLiquidatedByTheMoveOfAnotherMarket() {
        monitor.instrument("BTC", 5, 40)
                .instrument("ETH", 4, 25)
                .price("BTC", 60_000)
                .price("ETH", 3_000);
        monitor.cash("a", 10_000).cross("a", "BTC", 1, 60_000).cross("a", "ETH", -10, 3_000);
        monitor.settle();
        assertThat(monitor.accountRisks()).isEmpty();

        // 10,000 + 10 (3,000 - p) = 750 + 0.02 x 10 p at p = 39,250 / 10.2 = 3,848.0392.
        monitor.at(10).price("ETH", 3_848).wait(Duration.ofMillis(10));
        assertThat(monitor.accountRisks())
                .extracting(AccountRisk::getState)
                .containsExactly(MarginCallState.MARGIN_CALL);
        monitor.at(11).price("ETH", 3_848.1).wait(Duration.ofMillis(10));

        AccountRisk risk = only(monitor.accountRisks());
        assertThat(risk.getState()).isEqualTo(MarginCallState.LIQUIDATABLE);
        assertThat(risk.getPositions().get(1).getLiquidationPrice()).isCloseTo(3_848.0392, within(1e-4));
        assertThat(risk.getGrossNotionalUsd()).isCloseTo(98_481, within(1e-6));
        assertThat(risk.getNetNotionalUsd()).isCloseTo(98_481, within(1e-6));
    }

    @Test
    void shouldLiquidateALoanAtHealthFactorOne() {
        monitor.instrument(asset("WETH")).price("WETH", 3_000);
        balance("a", "WETH", 5, 0.8, 3_000, null);
        balance("a", "USDC", -6_000, 1, 1, null);
        monitor.settle();
        // 5 x 3,000 x 0.8 / 6,000 is a health factor of 2, a ratio of 0.5.
        assertThat(only(monitor.accountRisks()))
                .returns(MarginCallState.WATCH, AccountRisk::getState)
                .returns(0.5, AccountRisk::getMarginRatio)
                .returns(9_000.0, AccountRisk::getEquityUsd)
                .returns(0.0, AccountRisk::getMaintenanceMarginUsd);

        monitor.at(10).price("WETH", 1_500).wait(Duration.ofMillis(10));
        assertThat(only(monitor.accountRisks()).getState()).isEqualTo(MarginCallState.MARGIN_CALL);
        monitor.at(11).price("WETH", 1_499.99).wait(Duration.ofMillis(10));

        AccountRisk risk = only(monitor.accountRisks());
        assertThat(risk.getState()).isEqualTo(MarginCallState.LIQUIDATABLE);
        assertThat(risk.getCoins().get(0).getLiquidationPriceUsd()).isCloseTo(1_500, within(1e-9));
    }

    @Test
    void shouldTakeAStablecoinAtItsPrice() {
        monitor.instrument("BTC", 5, 50)
                .price("BTC", 100)
                .cash("a", 20)
                .cross("a", "BTC", 1, 100)
                .settle();

        // The loss of 18 in a stablecoin at 1.10 is about 19.80 dollars: 20 of cash are not enough.
        monitor.at(10)
                .price(new Price(V, "BTC", 82.0, null, null, null, null, 1.1, null, null))
                .settle();

        AccountRisk risk = monitor.accountRisks().get(0);
        assertThat(risk.getState()).isEqualTo(MarginCallState.LIQUIDATABLE);
        double step = Math.exp(0.095);
        assertThat(risk.getEquityUsd()).isCloseTo(20 - 18 * step, within(1e-9));
        assertThat(monitor.market("BTC").getQuotePriceUsd()).isEqualTo(1.1);
        monitor.at(20).closed("a", "BTC").settle();
        assertThat(monitor.market("BTC").getLongPositions()).isZero();
        assertThat(monitor.ladders().get("test:BTC").getLiquidation()).isEmpty();
    }

    @Test
    void shouldKeepTheStateWhileAPriceIsMissing() {
        oneLong();
        monitor.at(10).price("BTC", 81).wait(Duration.ofMillis(10));
        assertThat(only(monitor.accountRisks()).getState()).isEqualTo(MarginCallState.MARGIN_CALL);

        monitor.instrument("ETH", 4, 50).at(11).cross("a", "ETH", -10, 1_000).settle();
        monitor.at(12).price("BTC", 70).settle();
        assertThat(monitor.accountRisks()).isEmpty();

        monitor.at(13).price("ETH", 1_000).wait(Duration.ofMillis(10));
        assertThat(only(monitor.accountRisks()).getState()).isEqualTo(MarginCallState.BANKRUPT);
    }

    @Test
    void shouldUseTheVenuesLineWhereOursIsApart() {
        monitor.instrument("BTC", 5, 50).price("BTC", 100);
        isolatedWithVenueLine("right", 80 / 0.99);
        isolatedWithVenueLine("wrong", 90);
        monitor.settle();

        assertThat(monitor.market("BTC"))
                .returns(2, io.plimsoll.schemas.avro.MarketState::getVenueLinesCompared)
                .returns(1, io.plimsoll.schemas.avro.MarketState::getVenueLinesApart)
                .returns(1, io.plimsoll.schemas.avro.MarketState::getVenueReportedPositions);
        assertThat(monitor.systems().get("venue:test"))
                .returns(2, io.plimsoll.schemas.avro.SystemState::getVenueLinesCompared)
                .returns(1, io.plimsoll.schemas.avro.SystemState::getVenueLinesApart);
        assertThat(monitor.accountRisks()).isEmpty();

        monitor.at(10).price("BTC", 89.9).wait(Duration.ofMillis(10));

        AccountRisk risk = only(monitor.accountRisks());
        assertThat(risk.getAccount()).isEqualTo("wrong");
        assertThat(risk.getState()).isEqualTo(MarginCallState.LIQUIDATABLE);
        assertThat(risk.getSource()).isEqualTo(NumberSource.VENUE_REPORTED);
        assertThat(risk.getPositions().get(0).getVenueDifference()).isCloseTo(1 - 80 / 0.99 / 90, within(1e-9));
    }

    @Test
    void shouldModelAnOptionAccount() {
        option(null);

        optionPrice(10, 81);
        monitor.wait(Duration.ofMillis(10));

        assertThat(only(monitor.accountRisks()))
                .returns(MarginCallState.MARGIN_CALL, AccountRisk::getState)
                .returns(NumberSource.MODELLED, AccountRisk::getSource);
    }

    @Test
    void shouldCountAnOptionsLotsInDecimals() {
        monitor.instrument(
                MonitorFixture.contract("CALL", ContractKind.OPTION, 1).build());
        optionPrice(0, 100);

        // 2.2 x 0.75 is 1.65, and 16.5 lots round to the even 16; in doubles it is 1.6500000000000001. The other is
        // 13.5.
        monitor.position(optionPosition("a", 2.2, 0.75))
                .position(optionPosition("b", 4.5, -0.3))
                .settle();

        assertThat(monitor.market("CALL").getLongSize()).isEqualTo(1.6);
        assertThat(monitor.market("CALL").getShortSize()).isEqualTo(1.4);
    }

    @Test
    void shouldTakeTheVenuesMarginRatioOfAnOptionAccount() {
        option(0.3);
        assertThat(monitor.accountRisks()).isEmpty();

        balance("a", "USDC", 20, 1, 1, 0.6);
        monitor.wait(Duration.ofMillis(10));

        assertThat(only(monitor.accountRisks()))
                .returns(MarginCallState.WATCH, AccountRisk::getState)
                .returns(NumberSource.VENUE_REPORTED, AccountRisk::getSource)
                .returns(0.6, AccountRisk::getMarginRatio);
    }

    @Test
    void shouldLiquidateACoinMarginedAccountAtTheInverseLine() {
        Instrument inverse = MonitorFixture.contract("BTCUSD", ContractKind.INVERSE_PERPETUAL, 4)
                .setBaseAsset("BTC")
                .setSettleAsset("BTC")
                .setMarginTiers(List.of(new MarginTier(0.0, 0.005, null, 100.0)))
                .build();
        monitor.instrument(inverse).price("BTCUSD", 50_000);
        balance("a", "BTC", 0.12, 1, 50_000, null);
        monitor.cross("a", "BTCUSD", 60_000, 50_000).settle();
        assertThat(monitor.accountRisks()).isEmpty();

        // 60,000 x 1.005 / (0.12 + 60,000 / 50,000) = 45,681.8182.
        monitor.at(10).price("BTCUSD", 45_682).wait(Duration.ofMillis(10));
        assertThat(only(monitor.accountRisks()).getState()).isEqualTo(MarginCallState.MARGIN_CALL);
        monitor.at(11).price("BTCUSD", 45_681).wait(Duration.ofMillis(10));

        AccountRisk risk = only(monitor.accountRisks());
        assertThat(risk.getState()).isEqualTo(MarginCallState.LIQUIDATABLE);
        assertThat(risk.getPositions().get(0).getLiquidationPrice()).isCloseTo(45_681.8182, within(1e-4));
    }

    @Test
    void shouldReadTheStateBackWhenTheSliceBeginsAnew() {
        oneLong();
        monitor.at(10).price("BTC", 81.62).wait(Duration.ofMillis(10));
        AccountRisk before = only(monitor.accountRisks());
        assertThat(before.getState()).isEqualTo(MarginCallState.WATCH);

        // An instrument that changes makes the slice begin anew from its stores, as a restart does.
        monitor.at(11).price("BTC", 81.65).wait(Duration.ofMillis(10));
        monitor.instrument("BTC", 5, 50).settle();
        monitor.at(12).price("BTC", 81.66).settle();

        assertThat(monitor.accountRisks()).allSatisfy(risk -> {
            assertThat(risk.getState()).isEqualTo(MarginCallState.WATCH);
            assertThat(risk.getStateSinceMs()).isEqualTo(before.getStateSinceMs());
        });
    }

    /** A call of delta 1 on 1 BTC, from 100 on 20 of cash: it moves as one BTC does. */
    private void option(@Nullable Double venueMarginRatio) {
        monitor.instrument(
                MonitorFixture.contract("CALL", ContractKind.OPTION, 4).build());
        optionPrice(0, 100);
        balance("a", "USDC", 20, 1, 1, venueMarginRatio);
        monitor.position(optionPosition("a", 1, 1)).settle();
        assertThat(monitor.accountRisks()).isEmpty();
    }

    private static Position optionPosition(String account, double size, double delta) {
        return new Position(
                V, account, "CALL", size, 5.0, MarginMode.CROSS, null, null, null, null, delta, null, null, 100.0);
    }

    private void optionPrice(double seconds, double index) {
        monitor.at(seconds).price(new Price(V, "CALL", 5.0, index, null, null, null, 1.0, null, null));
    }

    private void isolatedWithVenueLine(String account, double line) {
        monitor.position(new Position(
                V, account, "BTC", 1.0, 100.0, MarginMode.ISOLATED, 20.0, null, line, null, null, null, null, null));
    }

    private void balance(
            String account, String asset, double quantity, double factor, double usd, @Nullable Double ratio) {
        monitor.send(
                Topics.COLLATERAL,
                Keys.collateral(V, account, asset),
                new Collateral(V, account, asset, quantity, factor, usd, ratio, null));
    }

    private static Instrument asset(String symbol) {
        return MonitorFixture.contract(symbol, ContractKind.SPOT, 4)
                .setMarginTiers(List.of())
                .build();
    }
}
