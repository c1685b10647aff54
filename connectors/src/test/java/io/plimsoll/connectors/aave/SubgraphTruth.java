package io.plimsoll.connectors.aave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.Price;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds what stands on the topics against what the subgraph holds, worked out here from its own state. */
final class SubgraphTruth {

    /** An account is written again after an hour at most; so much may its interest be behind. */
    private static final double INTEREST_OF_AN_HOUR = 0.04 / 365 / 24;

    private SubgraphTruth() {}

    static void assertAll(TaskDriver driver, SubgraphState state, long nowS) {
        assertReserves(driver, state);
        assertBorrowers(driver, state, nowS);
        assertLiquidations(driver, state);
    }

    private static void assertReserves(TaskDriver driver, SubgraphState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        assertThat(prices).hasSize(2 * state.pools.size());
        assertThat(instruments).hasSize(2 * state.pools.size());
        for (SubgraphState.Pool pool : state.pools.values()) {
            for (String symbol : List.of(pool.symbol, pool.symbol + "-debt")) {
                double expected = SubgraphState.price(pool).longValue() / 1e8;
                assertThat(prices.get("aave-v3:" + symbol).getMarkPrice()).isEqualTo(expected);
                Instrument instrument = instruments.get("aave-v3:" + symbol);
                assertThat(instrument.getKind()).isEqualTo(ContractKind.SPOT);
                assertThat(instrument.getBaseAsset()).isEqualTo(pool.symbol);
                assertThat(instrument.getPeggedToUsd())
                        .isEqualTo(pool.symbol.equals("USDC") || pool.symbol.equals("GHO"));
            }
        }
    }

    static void assertBorrowers(TaskDriver driver, SubgraphState state, long nowS) {
        Map<String, Double> quantities = new LinkedHashMap<>();
        Map<String, Double> factors = new LinkedHashMap<>();
        for (SubgraphState.User user : state.users.values()) {
            if (user.owes()) {
                user.held.forEach((id, holding) -> add(state, user, id, holding, nowS, quantities, factors));
            }
        }
        Map<String, Collateral> found = driver.latest(Topics.COLLATERAL);
        assertThat(found.keySet()).describedAs("balances").containsExactlyInAnyOrderElementsOf(quantities.keySet());
        found.forEach((key, balance) -> {
            double expected = quantities.get(key);
            assertThat(balance.getQuantity())
                    .describedAs(key)
                    .isCloseTo(expected, within(Math.abs(expected) * 2 * INTEREST_OF_AN_HOUR));
            assertThat(balance.getCollateralFactor()).describedAs(key).isEqualTo(factors.get(key));
        });
    }

    private static void add(
            SubgraphState state,
            SubgraphState.User user,
            String id,
            SubgraphState.Holding holding,
            long nowS,
            Map<String, Double> quantities,
            Map<String, Double> factors) {
        SubgraphState.Pool pool = state.pools.get(id);
        double years = (nowS - pool.updatedS) / SubgraphState.YEAR_S;
        double unit = Math.pow(10, pool.decimals);
        String key = "aave-v3:" + user.id + ":" + pool.symbol;
        boolean owns = holding.supplied.signum() > 0;
        if (owns) {
            quantities.put(
                    key,
                    holding.supplied.doubleValue() / unit * pool.liquidityIndex * (1 + pool.liquidityRate * years));
            boolean isInMode = user.eMode != null && user.eMode.equals(pool.eMode);
            factors.put(key, holding.isCollateral ? (isInMode ? 0.95 : pool.threshold / 1e4) : 0.0);
        }
        if (holding.owed.signum() > 0) {
            String debt = owns ? key + "-debt" : key;
            quantities.put(
                    debt, -holding.owed.doubleValue() / unit * pool.borrowIndex * Math.exp(pool.borrowRate * years));
            factors.put(debt, 1.0);
        }
    }

    /** Every liquidation call is there, and once. */
    static void assertLiquidations(TaskDriver driver, SubgraphState state) {
        assertThat(driver.of(Topics.LIQUIDATIONS).stream()
                        .map(read -> ((Liquidation) read.value()).getTradeId())
                        .toList())
                .describedAs("liquidations")
                .containsExactlyInAnyOrderElementsOf(state.calls.stream()
                        .map(call -> call.get("id").textValue())
                        .toList());
    }
}
