package io.plimsoll.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rung;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cases computed by hand. */
class OracleTest {

    private final Oracle oracle = new Oracle();

    @Test
    void shouldCountOpenInterestOnOneSide() {
        instrument("BTC", 0);
        price(1, "BTC", 100);

        position(2, "a", "BTC", 10, 100);
        position(3, "b", "BTC", -6, 100);
        position(4, "c", "BTC", -4, 100);

        MarketState market = market("BTC");
        assertThat(market.getOpenInterest()).isEqualTo(10);
        assertThat(market.getOpenInterestUsd()).isEqualTo(1000);
        assertThat(market.getNetSize()).isZero();
        assertThat(market.getLongPositions()).isEqualTo(1);
        assertThat(market.getShortPositions()).isEqualTo(2);
    }

    @Test
    void shouldTellTwoWalletsApart() {
        instrument("BTC", 0);
        price(1, "BTC", 100);

        isolated(2, "long", "BTC", 1, 100, 10);
        isolated(3, "short", "BTC", -1, 100, 50);

        MarketState market = market("BTC");
        assertThat(market.getLongLeverage()).isEqualTo(10);
        assertThat(market.getShortLeverage()).isEqualTo(2);
        assertThat(market.getLeverageSkew()).isCloseTo(2.0 / 3, within(1e-15));
        assertThat(market.getLeverageLogRatio()).isCloseTo(1.6094379, within(1e-7));
    }

    @Test
    void shouldAggregateLeverageInsteadOfAveragingIt() {
        fourPositions();

        MarketState market = market("BTC");
        assertThat(market.getLongLeverage()).isEqualTo(5.0);
        assertThat(market.getShortLeverage()).isEqualTo(4.6875);
        assertThat(market.getLeverageSkew()).isCloseTo(0.03226, within(5e-6));
        assertThat(market.getLeverage()).isCloseTo(3_000_000.0 / 620_000, within(1e-12));
    }

    @Test
    void shouldTellTheSkewOfMeansFromThatOfSums() {
        fourPositions();

        double longs = oracle.meanLeverage("v:BTC", true);
        double shorts = oracle.meanLeverage("v:BTC", false);

        assertThat(longs).isCloseTo(14.0, within(1e-9));
        assertThat(shorts).isCloseTo(13.8, within(1e-9));
        assertThat((longs - shorts) / (longs + shorts)).isCloseTo(0.0072, within(5e-5));
    }

    /** A and B are long with 1.0 and 0.5 M on 50 and 250 k, C and D short with 0.9 and 0.6 M on 300 and 20 k. */
    private void fourPositions() {
        instrument("BTC", 2);
        price(1, "BTC", 1000);
        isolated(2, "A", "BTC", 1000, 1000, 50_000);
        isolated(2, "B", "BTC", 500, 1000, 250_000);
        isolated(2, "C", "BTC", -900, 1000, 300_000);
        isolated(2, "D", "BTC", -600, 1000, 20_000);
    }

    @Test
    void shouldMeasureConcentration() {
        instrument("BTC", 0);
        price(1, "BTC", 1);

        position(2, "a", "BTC", 5, 1);
        position(2, "b", "BTC", 3, 1);
        position(2, "c", "BTC", -2, 1);

        MarketState market = market("BTC");
        assertThat(market.getHhi()).isEqualTo(0.38);
        assertThat(market.getEffectiveAccounts()).isCloseTo(2.6316, within(5e-5));
        assertThat(market.getTop1Share()).isEqualTo(0.5);
        assertThat(market.getTop5Share()).isEqualTo(1);
    }

    @Test
    void shouldRelateEachSideToSingleSidedOpenInterest() {
        instrument("BTC", 1, OpenInterestUnit.CONTRACTS, OpenInterestSides.BOTH, 10);
        Price price = price("BTC", 200);
        price.setOpenInterest(8.0);
        accept(Topics.PRICES.name(), "v:BTC", 1, price);

        position(2, "a", "BTC", 1, 200);
        position(2, "b", "BTC", -3, 200);

        // 8 contracts of 10 on both sides are 40 on one; 1 and 3 contracts are 10 and 30.
        MarketState market = market("BTC");
        assertThat(market.getVenueOpenInterest()).isEqualTo(40);
        assertThat(market.getCoverageLong()).isEqualTo(0.25);
        assertThat(market.getCoverageShort()).isEqualTo(0.75);
        assertThat(oracle.systems().get("system"))
                .returns(8000.0, SystemState::getVenueOpenInterestUsd)
                .returns(0.25, SystemState::getCoverageLong);
    }

    @Test
    void shouldAttributeCashByEntryNotional() {
        instrument("A", 0);
        instrument("B", 0);
        instrument("C", 0);
        for (String symbol : List.of("A", "B", "C")) {
            price(1, symbol, 7);
            position(2, "x", symbol, 1, 7);
        }

        cash(3, "x", "USDC", 100);

        // Thirds of 100,000,000 micro-dollars, cumulated and rounded down: 33,333,333, then ...333, then ...334.
        assertThat(market("A").getLongEquityUsd()).isEqualTo(33.333333);
        assertThat(market("B").getLongEquityUsd()).isEqualTo(33.333333);
        assertThat(market("C").getLongEquityUsd()).isEqualTo(33.333334);
    }

    @Test
    void shouldRoundNegativeCashDownToo() {
        instrument("A", 0);
        instrument("B", 0);
        instrument("C", 0);
        for (String symbol : List.of("A", "B", "C")) {
            price(1, symbol, 7);
            position(2, "x", symbol, 1, 7);
        }

        cash(3, "x", "USDC", 50);
        cash(3, "x", "EUR", -150);

        assertThat(market("A").getLongEquityUsd()).isEqualTo(-33.333334);
        assertThat(market("B").getLongEquityUsd()).isEqualTo(-33.333333);
        assertThat(market("C").getLongEquityUsd()).isEqualTo(-33.333333);
        assertThat(market("A").getLongLeverage()).isNull();
        assertThat(oracle.systems().get("system").getLongEquityUsd()).isEqualTo(-100);
    }

    @Test
    void shouldLeavePositionsInUnknownInstrumentsOut() {
        instrument("A", 0);
        price(1, "A", 7);
        position(2, "x", "A", 1, 7);
        position(2, "x", "UNKNOWN", 1, 7);

        cash(3, "x", "USDC", 100);

        assertThat(oracle.markets()).containsOnlyKeys("v:A");
        assertThat(market("A").getLongEquityUsd()).isEqualTo(100);
    }

    @Test
    void shouldTakeColonsInSymbols() {
        instrument("xyz:AAPL", 0);
        price(1, "xyz:AAPL", 7);

        position(2, "x", "xyz:AAPL", 3, 7);
        cash(3, "x", "USDC", 100);

        assertThat(market("xyz:AAPL").getLongSize()).isEqualTo(3);
        assertThat(market("xyz:AAPL").getLongEquityUsd()).isEqualTo(100);
        assertThat(market("xyz:AAPL").getBookTimeMs()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheLaterOfTwoRecordsOfOneTime() {
        instrument("BTC", 0);
        price(1, "BTC", 100);

        position(5, "a", "BTC", 1, 100);
        position(5, "a", "BTC", 2, 100);

        assertThat(market("BTC").getLongSize()).isEqualTo(2);
    }

    @Test
    void shouldNotReopenWithALateRecord() {
        instrument("BTC", 0);
        price(1, "BTC", 100);

        position(5, "a", "BTC", 1, 100);
        accept(Topics.POSITIONS.name(), "v:a:BTC", 7, null);
        position(6, "a", "BTC", 2, 100);

        MarketState market = market("BTC");
        assertThat(market.getLongPositions()).isZero();
        assertThat(market.getLongSize()).isZero();
        assertThat(market.getBookTimeMs()).isEqualTo(7);
        assertThat(market.getAsOfMs()).isEqualTo(7);
        assertThat(market.getStalenessMs()).isEqualTo(6);
    }

    @Test
    void shouldRoundSizesHalfEvenToLots() {
        instrument("BTC", 1);
        price(1, "BTC", 100);

        position(2, "a", "BTC", 0.25, 100);
        position(2, "b", "BTC", 0.35, 100);
        position(2, "c", "BTC", 0.05, 100);

        assertThat(market("BTC").getLongSize()).isEqualTo(0.6);
        assertThat(market("BTC").getLongPositions()).isEqualTo(2);
    }

    @Test
    void shouldPlaceTheLineOfAnIsolatedPosition() {
        instrument("ETH", 4);
        price(1, "ETH", 2600);

        isolated(2, "a", "ETH", 0.0329, 2545.5, 20.909894);
        isolated(2, "b", "ETH", -0.0327, 2552, 20.833393);

        // Lines that the venue gave: 1929.23322895 and 3157.53150453.
        Ladder ladder = oracle.ladders().get("v:ETH");
        assertThat(ladder.getLiquidation())
                .extracting(Rung::getBucket)
                .containsExactly(Exact.bucket(1929.23322895), Exact.bucket(3157.53150453));
        assertThat(ladder.getLiquidation().get(0).getLongSize()).isEqualTo(0.0329);
        assertThat(ladder.getBankruptcy().get(0).getLowerPrice()).isLessThanOrEqualTo(2545.5 - 20.909894 / 0.0329);
        assertThat(ladder.getBankruptcy().get(0).getUpperPrice()).isGreaterThan(2545.5 - 20.909894 / 0.0329);
    }

    @Test
    void shouldPickTheTierAtTheLine() {
        Instrument btc = define("BTC", 0, OpenInterestUnit.BASE, OpenInterestSides.SINGLE, 1);
        btc.setMarginTiers(List.of(new MarginTier(0.0, 0.0125, null, 40.0), new MarginTier(150e6, 0.025, null, 20.0)));
        accept(Topics.INSTRUMENTS.name(), "v:BTC", 0, btc);
        price(1, "BTC", 60_000);

        isolated(2, "a", "BTC", 3333, 60_000, 12e6);

        double line = (60_000 - 12e6 / 3333 - 1_875_000.0 / 3333) / (1 - 0.025);
        assertThat(oracle.ladders().get("v:BTC").getLiquidation())
                .extracting(Rung::getBucket)
                .containsExactly(Exact.bucket(line));
    }

    @Test
    void shouldFindNoLineWhereNoPriceLiquidates() {
        instrument("BTC", 0);
        price(1, "BTC", 100);

        isolated(2, "rich", "BTC", 1, 100, 200);
        isolated(2, "ruined", "BTC", -1, 100, -500);

        Ladder ladder = oracle.ladders().get("v:BTC");
        assertThat(ladder.getUnliquidatableLongSize()).isEqualTo(1);
        assertThat(ladder.getLiquidation())
                .extracting(Rung::getBucket, Rung::getShortPositions)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Exact.bucket(1e-12), 1));
    }

    @Test
    void shouldCountHaircutsForMarginButNotForEquity() {
        instrument("BTC", 0);
        price(1, "BTC", 100);
        position(2, "a", "BTC", 1, 100);

        accept(Topics.COLLATERAL.name(), "v:a:ETH", 3, new Collateral("v", "a", "ETH", 1.0, 0.5, 80.0, null, null));

        Ladder ladder = oracle.ladders().get("v:BTC");
        assertThat(market("BTC").getLongEquityUsd()).isEqualTo(80);
        assertThat(ladder.getLiquidation().get(0).getBucket()).isEqualTo(Exact.bucket((100 - 40) / (1 - 0.01)));
        assertThat(ladder.getBankruptcy().get(0).getBucket()).isEqualTo(Exact.bucket(100.0 - 80));
    }

    @Test
    void shouldSeeOtherMarketsThroughReferencePrices() {
        instrument("BTC", 0);
        instrument("ETH", 0);
        price(1, "BTC", 60_000);
        price(1, "ETH", 3000);
        position(2, "a", "BTC", 1, 60_000);
        position(2, "a", "ETH", -10, 3000);

        cash(3, "a", "USDC", 10_000);

        double eth = Exact.referencePrice(3000);
        double backing = 10_000 - 10 * (eth - 3000) - 0.01 * 10 * eth;
        assertThat(Math.abs(eth / 3000 - 1)).isLessThan(0.00251);
        assertThat(oracle.ladders().get("v:BTC").getLiquidation().get(0).getBucket())
                .isEqualTo(Exact.bucket((60_000 - backing) / 0.99));
    }

    @Test
    void shouldReportEachDifferenceInALine() {
        instrument("BTC", 0);
        price(1, "BTC", 100);
        isolated(2, "a", "BTC", 1, 100, 10);
        MarketState expected = market("BTC");
        MarketState actual = MarketState.newBuilder(expected).build();
        Ladder ladder = oracle.ladders().get("v:BTC");
        Ladder moved = Ladder.newBuilder(ladder).build();

        actual.setLongEquityUsd(10.000001);
        actual.setHhi(1 + 1e-13);
        moved.getLiquidation().get(0).setBucket(7);

        assertThat(oracle.differences(expected, expected)).isEmpty();
        assertThat(oracle.differences(expected, actual))
                .containsExactly("v:BTC: longEquityUsd: expected 10.0, actual 10.000001");
        assertThat(oracle.differences(ladder, ladder)).isEmpty();
        assertThat(oracle.differences(ladder, moved))
                .contains("v:BTC: liquidation long bucket 7: expected 0.0 in 0 positions, actual 1.0 in 1 positions");
        assertThat(oracle.differences(Map.of("v:BTC", expected), Map.of())).hasSize(1);
    }

    @Test
    void shouldAllowTheNeighbourOnlyOnAnEdge() {
        instrument("BTC", 3);
        price(1, "BTC", 100);
        double edge = StrictMath.exp(4500 * 0.001);
        isolated(2, "edge", "BTC", 1000, 100, 1000 * (100 - 0.99 * edge));
        isolated(2, "inside", "BTC", 1000, 100, 1000 * (100 - 0.99 * edge * 1.0105));
        Ladder ladder = oracle.ladders().get("v:BTC");
        Ladder atEdge = Ladder.newBuilder(ladder).build();
        Ladder inside = Ladder.newBuilder(ladder).build();

        shift(atEdge.getLiquidation().get(0));
        shift(inside.getLiquidation().get(1));

        assertThat(oracle.differences(ladder, atEdge)).isEmpty();
        assertThat(oracle.differences(ladder, inside)).isNotEmpty();
    }

    private static void shift(Rung rung) {
        int bucket = rung.getBucket() == 4500 ? 4499 : rung.getBucket() + 1;
        rung.setBucket(bucket);
        rung.setLowerPrice(StrictMath.exp(bucket * 0.001));
        rung.setUpperPrice(StrictMath.exp((bucket + 1) * 0.001));
    }

    private MarketState market(String symbol) {
        return oracle.markets().get("v:" + symbol);
    }

    private void instrument(String symbol, int sizeDecimals) {
        instrument(symbol, sizeDecimals, OpenInterestUnit.BASE, OpenInterestSides.SINGLE, 1);
    }

    private void instrument(
            String symbol, int sizeDecimals, OpenInterestUnit unit, OpenInterestSides sides, double multiplier) {
        accept(Topics.INSTRUMENTS.name(), "v:" + symbol, 0, define(symbol, sizeDecimals, unit, sides, multiplier));
    }

    private static Instrument define(
            String symbol, int sizeDecimals, OpenInterestUnit unit, OpenInterestSides sides, double multiplier) {
        return new Instrument(
                "v",
                symbol,
                ContractKind.LINEAR_PERPETUAL,
                symbol,
                "USDC",
                "USDC",
                multiplier,
                sizeDecimals,
                List.of(new MarginTier(0.0, 0.01, null, 50.0)),
                null,
                TriggerPrice.MARK,
                unit,
                sides,
                0.0001,
                0.0005,
                MarginModel.GENERIC,
                0.0,
                0.0,
                8,
                false);
    }

    private void price(long time, String symbol, double mark) {
        accept(Topics.PRICES.name(), "v:" + symbol, time, price(symbol, mark));
    }

    private static Price price(String symbol, double mark) {
        return new Price("v", symbol, mark, null, null, null, null, 1.0, null, null);
    }

    private void position(long time, String account, String symbol, double size, double entry) {
        accept(
                Topics.POSITIONS.name(),
                "v:" + account + ":" + symbol,
                time,
                new Position(
                        "v",
                        account,
                        symbol,
                        size,
                        entry,
                        MarginMode.CROSS,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void isolated(long time, String account, String symbol, double size, double entry, double margin) {
        accept(
                Topics.POSITIONS.name(),
                "v:" + account + ":" + symbol,
                time,
                new Position(
                        "v",
                        account,
                        symbol,
                        size,
                        entry,
                        MarginMode.ISOLATED,
                        margin,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    private void cash(long time, String account, String asset, double usd) {
        accept(
                Topics.COLLATERAL.name(),
                "v:" + account + ":" + asset,
                time,
                new Collateral("v", account, asset, usd, 1.0, 1.0, null, null));
    }

    private void accept(String topic, String key, long time, org.apache.avro.specific.@Nullable SpecificRecord record) {
        oracle.accept(topic, key, time, record);
    }
}
