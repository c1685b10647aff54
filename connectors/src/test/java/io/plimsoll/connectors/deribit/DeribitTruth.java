package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.Map;

/** Holds what stands on the topics against what the venue holds, worked out here from its own state. */
final class DeribitTruth {

    private DeribitTruth() {}

    static void assertAll(TaskDriver driver, DeribitState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (DeribitState.Market market : state.markets.values()) {
            String key = "deribit:" + market.name;
            Price price = prices.get(key);
            assertThat(price.getMarkPrice()).isEqualTo(market.mark.doubleValue());
            assertThat(price.getIndexPrice()).isEqualTo(market.index().doubleValue());
            assertThat(price.getOpenInterest()).isEqualTo(market.openInterest.doubleValue());
            assertThat(price.getFundingRate()).isEqualTo(market.isPerpetual ? market.funding.doubleValue() : null);
            assertThat(price.getDayVolume()).isEqualTo(market.isInverse ? 81234560.0 : 1234.56789);
            Instrument instrument = instruments.get(key);
            assertThat(instrument.getOpenInterestUnit())
                    .isEqualTo(market.isInverse ? OpenInterestUnit.QUOTE : OpenInterestUnit.BASE);
            assertThat(instrument.getSettleAsset()).isEqualTo(market.settle);
            assertDepth(depths.get(key), market);
        }
        state.options.assertHeld(driver);
        assertLiquidations(driver, state);
    }

    private static void assertDepth(Depth depth, DeribitState.Market market) {
        double mid =
                (market.bids.firstKey().doubleValue() + market.asks.firstKey().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).describedAs(market.name).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).hasSize(8);
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

    /** Every forced side of a trade is there, and once. */
    static void assertLiquidations(TaskDriver driver, DeribitState state) {
        assertThat(driver.of(Topics.LIQUIDATIONS).stream()
                        .map(read -> (Liquidation) read.value())
                        .map(liquidation -> liquidation.getSymbol() + " " + liquidation.getTradeId() + " "
                                + liquidation.getPositionSide())
                        .toList())
                .describedAs("liquidations")
                .containsExactlyInAnyOrderElementsOf(state.liquidations);
    }
}
