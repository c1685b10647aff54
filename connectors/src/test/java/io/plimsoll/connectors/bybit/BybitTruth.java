package io.plimsoll.connectors.bybit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.Map;

/** Holds what stands on the topics against what the venue holds, worked out here from the venue's own state. */
final class BybitTruth {

    private BybitTruth() {}

    static void assertMarkets(TaskDriver driver, BybitState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (BybitState.Market market : state.markets.values()) {
            String key = "bybit:" + market.symbol;
            Price price = prices.get(key);
            assertThat(price.getMarkPrice()).isEqualTo(number(market, "markPrice"));
            assertThat(price.getIndexPrice()).isEqualTo(number(market, "indexPrice"));
            assertThat(price.getFundingRate()).isEqualTo(number(market, "fundingRate"));
            assertThat(price.getFundingIntervalHours()).isEqualTo(market.isPerpetual() ? 8.0 : null);
            assertThat(price.getOpenInterest()).isEqualTo(number(market, "openInterest"));
            assertThat(price.getDayVolume()).isEqualTo(number(market, "volume24h"));
            assertThat(instruments.get(key).getMarginTiers())
                    .extracting(tier -> tier.getNotionalFloor() + " " + tier.getMaintenanceRate() + " "
                            + tier.getDeduction() + " " + tier.getMaxLeverage())
                    .containsExactly("0.0 0.005 0.0 100.0", "2000000.0 0.01 10000.0 50.0");
            assertDepth(depths.get(key), market);
        }
    }

    private static Double number(BybitState.Market market, String field) {
        String text = market.ticker.get(field);
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static void assertDepth(Depth depth, BybitState.Market market) {
        Map<BigDecimal, BigDecimal> bids = BybitState.window(market.bids);
        Map<BigDecimal, BigDecimal> asks = BybitState.window(market.asks);
        double mid =
                (market.bids.firstKey().doubleValue() + market.asks.firstKey().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).isNotEmpty();
        for (DepthLevel level : depth.getLevels()) {
            assertThat(level.getBidQuantity()).isCloseTo(sum(bids, mid, level.getDistance()), within(1e-6));
            assertThat(level.getAskQuantity()).isCloseTo(sum(asks, mid, level.getDistance()), within(1e-6));
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

    static void assertLiquidations(TaskDriver driver, BybitVenue venue) {
        assertThat(driver.of(Topics.LIQUIDATIONS))
                .extracting(read -> {
                    Liquidation value = (Liquidation) read.value();
                    return value.getSymbol() + " " + value.getPositionSide() + " " + value.getQuantity() + " at "
                            + value.getPrice() + " " + read.timestampMs();
                })
                .containsExactlyInAnyOrderElementsOf(venue.toldLiquidations);
        assertThat(driver.of(Topics.LIQUIDATIONS))
                .extracting(read -> read.key() + " " + ((Liquidation) read.value()).getTradeId())
                .doesNotHaveDuplicates();
    }
}
