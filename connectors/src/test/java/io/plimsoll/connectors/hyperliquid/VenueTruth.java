package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Holds what stands on the topics against what the venue holds, worked out here from the venue's own state. */
final class VenueTruth {

    private VenueTruth() {}

    static void assertAccounts(TaskDriver driver, VenueState state) {
        Map<String, Position> positions = driver.latest(Topics.POSITIONS);
        Map<String, String> expected = new LinkedHashMap<>();
        Map<String, Double> balances = new LinkedHashMap<>();
        for (VenueState.Account account : state.accounts.values()) {
            BigDecimal balance = account.raw;
            for (Map.Entry<String, VenueState.Held> entry : account.held.entrySet()) {
                VenueState.Held held = entry.getValue();
                BigDecimal atEntry = held.size.multiply(held.entry);
                if (held.raw == null) {
                    balance = balance.add(atEntry);
                }
                expected.put(
                        "hyperliquid:" + account.address + ":" + entry.getKey(),
                        held.size.doubleValue()
                                + " at " + held.entry.doubleValue()
                                + (held.raw == null
                                        ? " CROSS null"
                                        : " ISOLATED " + held.raw.add(atEntry).doubleValue()));
            }
            balances.put("hyperliquid:" + account.address + ":USDC", balance.doubleValue());
        }
        Map<String, String> found = new LinkedHashMap<>();
        positions.forEach((key, position) -> found.put(key, shown(position)));
        assertThat(found).describedAs("positions").containsExactlyInAnyOrderEntriesOf(expected);
        Map<String, Double> foundBalances = new LinkedHashMap<>();
        Map<String, Collateral> collateral = driver.latest(Topics.COLLATERAL);
        collateral.forEach((key, value) -> foundBalances.put(key, value.getQuantity()));
        assertThat(foundBalances).describedAs("balances").containsExactlyInAnyOrderEntriesOf(balances);
    }

    private static String shown(Position position) {
        MarginMode mode = position.getMarginMode();
        return position.getSize() + " at " + position.getEntryPrice() + " " + mode + " " + position.getIsolatedMargin();
    }

    static void assertMarkets(TaskDriver driver, VenueState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (VenueState.Market market : state.markets.values()) {
            String key = "hyperliquid:" + market.coin;
            Price price = prices.get(key);
            assertThat(price.getMarkPrice()).isEqualTo(market.price().doubleValue());
            assertThat(price.getIndexPrice()).isEqualTo(market.oracle().doubleValue());
            assertThat(price.getFundingRate()).isEqualTo(market.funding.doubleValue());
            assertThat(price.getOpenInterest()).isEqualTo(market.openInterest.doubleValue());
            assertThat(price.getDayVolume()).isEqualTo(market.dayBase.doubleValue());
            Instrument instrument = instruments.get(key);
            assertThat(instrument.getSizeDecimals()).isEqualTo(market.sizeDecimals);
            assertThat(instrument.getMarginTiers().get(0).getMaintenanceRate())
                    .isEqualTo(1 / (2.0 * market.maxLeverage));
            assertThat(instrument.getMarginTiers()).hasSize(market.tableId < 50 ? 1 : 2);
            assertDepth(depths.get(key), market);
        }
    }

    private static void assertDepth(Depth depth, VenueState.Market market) {
        double mid = (market.bestBid().doubleValue() + market.bestAsk().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).hasSizeGreaterThan(3);
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
}
