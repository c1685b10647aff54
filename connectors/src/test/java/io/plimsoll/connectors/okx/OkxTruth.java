package io.plimsoll.connectors.okx;

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
final class OkxTruth {

    /** Floors are reckoned anew when the mark has moved by this. */
    private static final double DRIFT = 0.02;

    private OkxTruth() {}

    static void assertMarkets(TaskDriver driver, OkxState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (OkxState.Market market : state.markets.values()) {
            String key = "okx:" + market.symbol;
            Price price = prices.get(key);
            assertThat(price.getMarkPrice()).isEqualTo(market.mark.doubleValue());
            assertThat(price.getIndexPrice()).isEqualTo(market.index().doubleValue());
            assertThat(price.getFundingRate()).isEqualTo(market.isSwap() ? Double.valueOf(market.funding) : null);
            assertThat(price.getFundingIntervalHours()).isEqualTo(market.isSwap() ? 4.0 : null);
            assertThat(price.getOpenInterest()).isEqualTo(Double.valueOf(market.openInterest));
            assertThat(price.getDayVolume()).isEqualTo(Double.valueOf(market.volume));
            assertInstrument(instruments.get(key), market);
            assertDepth(depths.get(key), market);
        }
    }

    private static void assertInstrument(Instrument instrument, OkxState.Market market) {
        double face = Double.parseDouble(market.face);
        double mark = market.mark.doubleValue();
        double floor = market.isInverse ? 1_000 * face / mark : 1_000 * face * mark;
        assertThat(instrument.getContractMultiplier()).isEqualTo(face);
        assertThat(instrument.getMarginTiers()).hasSize(2);
        assertThat(instrument.getMarginTiers().get(0).getNotionalFloor()).isZero();
        assertThat(instrument.getMarginTiers().get(1).getNotionalFloor())
                .isCloseTo(floor, within(1.001 * DRIFT / (1 - DRIFT) * floor));
        assertThat(instrument.getMarginTiers().get(1).getMaintenanceRate()).isEqualTo(0.01);
    }

    private static void assertDepth(Depth depth, OkxState.Market market) {
        double mid =
                (market.bids.firstKey().doubleValue() + market.asks.firstKey().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).isNotEmpty();
        for (DepthLevel level : depth.getLevels()) {
            assertThat(level.getBidQuantity()).isCloseTo(sum(market, market.bids, mid, level), within(1e-6));
            assertThat(level.getAskQuantity()).isCloseTo(sum(market, market.asks, mid, level), within(1e-6));
        }
    }

    private static double sum(OkxState.Market market, Map<BigDecimal, BigDecimal> side, double mid, DepthLevel level) {
        double contracts = 0;
        for (Map.Entry<BigDecimal, BigDecimal> entry : side.entrySet()) {
            if (Math.abs(entry.getKey().doubleValue() - mid) <= level.getDistance() * mid * (1 + 1e-12)) {
                contracts += entry.getValue().doubleValue();
            }
        }
        return contracts * Double.parseDouble(market.face);
    }

    static void assertLiquidations(TaskDriver driver, OkxVenue venue) {
        assertThat(driver.of(Topics.LIQUIDATIONS))
                .extracting(read -> {
                    Liquidation value = (Liquidation) read.value();
                    assertThat(value.getCensored()).isTrue();
                    return String.format(
                            "%s %s %.9f at %s %d",
                            value.getSymbol(),
                            value.getPositionSide(),
                            value.getQuantity(),
                            value.getPrice(),
                            read.timestampMs());
                })
                .containsExactlyInAnyOrderElementsOf(venue.toldLiquidations);
        assertThat(driver.of(Topics.LIQUIDATIONS))
                .extracting(read -> read.key() + " " + ((Liquidation) read.value()).getTradeId())
                .doesNotHaveDuplicates();
    }
}
