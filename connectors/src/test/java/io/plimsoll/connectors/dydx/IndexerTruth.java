package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds what stands on the topics against what the indexer holds, worked out here from its own state. */
final class IndexerTruth {

    private IndexerTruth() {}

    static void assertAll(TaskDriver driver, IndexerState state) {
        assertAccounts(driver, state);
        assertMarkets(driver, state);
        assertLiquidations(driver, state);
    }

    static void assertAccounts(TaskDriver driver, IndexerState state) {
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, Double> equities = new LinkedHashMap<>();
        for (IndexerState.Account account : state.accounts.values()) {
            BigDecimal balance = account.usdc;
            for (Map.Entry<String, IndexerState.Held> entry : account.held.entrySet()) {
                IndexerState.Held held = entry.getValue();
                balance = balance.add(held.size().multiply(held.entry()));
                expected.put(
                        "dydx:" + account.id + ":" + entry.getKey(),
                        held.size().doubleValue() + " at " + held.entry().doubleValue());
            }
            equities.put("dydx:" + account.id + ":USDC", balance.doubleValue());
        }
        Map<String, String> found = new LinkedHashMap<>();
        driver.latest(Topics.POSITIONS)
                .forEach((key, position) -> found.put(key, position.getSize() + " at " + position.getEntryPrice()));
        assertThat(found).describedAs("positions").containsExactlyInAnyOrderEntriesOf(expected);
        Map<String, Double> balances = new LinkedHashMap<>();
        Map<String, Collateral> collateral = driver.latest(Topics.COLLATERAL);
        collateral.forEach((key, value) -> balances.put(key, value.getQuantity()));
        assertThat(balances).describedAs("balances").containsExactlyInAnyOrderEntriesOf(equities);
    }

    static void assertMarkets(TaskDriver driver, IndexerState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (IndexerState.Market market : state.markets.values()) {
            String key = "dydx:" + market.ticker;
            Price price = prices.get(key);
            assertThat(price.getMarkPrice()).isEqualTo(market.oracle.doubleValue());
            assertThat(price.getIndexPrice()).isEqualTo(market.oracle.doubleValue());
            assertThat(price.getFundingRate()).isEqualTo(market.funding.doubleValue());
            assertThat(price.getOpenInterest()).isEqualTo(market.openInterest.doubleValue());
            Instrument instrument = instruments.get(key);
            assertThat(instrument.getSizeDecimals()).isEqualTo(-market.resolution);
            assertThat(instrument.getMarginTiers()).singleElement().satisfies(tier -> {
                assertThat(tier.getMaintenanceRate()).isEqualTo(0.03);
                assertThat(tier.getMaxLeverage()).isEqualTo(20.0);
            });
            assertDepth(depths.get(key), market);
        }
    }

    private static void assertDepth(Depth depth, IndexerState.Market market) {
        double mid =
                (market.bids.firstKey().doubleValue() + market.asks.firstKey().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).describedAs(market.ticker).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).isNotEmpty();
        for (DepthLevel level : depth.getLevels()) {
            assertThat(level.getBidQuantity()).isCloseTo(sum(market.bids, mid, level.getDistance()), within(1e-6));
            assertThat(level.getAskQuantity()).isCloseTo(sum(market.asks, mid, level.getDistance()), within(1e-6));
        }
    }

    private static double sum(Map<BigDecimal, BigDecimal> side, double mid, double distance) {
        double sum = 0;
        for (Map.Entry<BigDecimal, BigDecimal> level : side.entrySet()) {
            if (Math.abs(level.getKey().doubleValue() - mid) <= distance * mid * (1 + 1e-12)) {
                sum += level.getValue().doubleValue();
            }
        }
        return sum;
    }

    /** Every forced trade is there, and once. */
    static void assertLiquidations(TaskDriver driver, IndexerState state) {
        List<String> found = driver.of(Topics.LIQUIDATIONS).stream()
                .map(read -> (Liquidation) read.value())
                .map(liquidation -> liquidation.getSymbol() + " " + liquidation.getTradeId() + " "
                        + liquidation.getPositionSide() + " " + liquidation.getQuantity())
                .toList();
        assertThat(found).describedAs("liquidations").containsExactlyInAnyOrderElementsOf(state.liquidations);
    }
}
