package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.binance.BinanceState.Market;
import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Holds what stands on the topics against what the venue holds, worked out here from the venue's own state. */
final class BinanceTruth {

    private BinanceTruth() {}

    static void assertMarkets(TaskDriver driver, BinanceState state) {
        Map<String, Price> prices = driver.latest(Topics.PRICES);
        Map<String, Instrument> instruments = driver.latest(Topics.INSTRUMENTS);
        Map<String, Depth> depths = driver.latest(Topics.DEPTH);
        assertThat(prices).hasSameSizeAs(state.markets);
        assertThat(instruments).hasSameSizeAs(state.markets);
        assertThat(depths).hasSameSizeAs(state.markets);
        for (Market market : state.markets.values()) {
            String key = state.product.venue + ":" + market.symbol;
            assertPrice(prices.get(key), market, state.index(market));
            assertThat(prices.get(key).getQuotePriceUsd())
                    .isEqualTo(
                            switch (market.quote) {
                                case "USDT" -> state.usdt.doubleValue();
                                case "BTC" -> state.btc.doubleValue();
                                default -> 1.0;
                            });
            assertInstrument(instruments.get(key), market, state.product == Product.COINM);
            assertDepth(depths.get(key), market);
        }
    }

    private static void assertPrice(Price price, Market market, BigDecimal index) {
        assertThat(price.getMarkPrice()).isEqualTo(market.markPrice().doubleValue());
        assertThat(price.getIndexPrice()).isEqualTo(index.doubleValue());
        assertThat(price.getOpenInterest()).isEqualTo(market.openInterest.doubleValue());
        assertThat(price.getDayVolume()).isEqualTo(market.dayVolume.doubleValue());
        if (market.isFunded()) {
            assertThat(price.getFundingRate()).isEqualTo(market.funding.doubleValue());
            assertThat(price.getFundingIntervalHours()).isEqualTo(market.symbol.startsWith("1000") ? 4.0 : 8.0);
        } else {
            assertThat(price.getFundingRate()).isNull();
            assertThat(price.getFundingIntervalHours()).isNull();
        }
    }

    private static void assertInstrument(Instrument instrument, Market market, boolean inverse) {
        assertThat(instrument.getKind())
                .isEqualTo(
                        inverse
                                ? (market.isFunded() ? ContractKind.INVERSE_PERPETUAL : ContractKind.INVERSE_FUTURE)
                                : (market.isFunded() ? ContractKind.LINEAR_PERPETUAL : ContractKind.LINEAR_FUTURE));
        assertThat(instrument.getSettleAsset()).isEqualTo(inverse ? market.base : market.quote);
        assertThat(instrument.getContractMultiplier()).isEqualTo(market.contractSize.doubleValue());
        assertThat(instrument.getSizeDecimals()).isEqualTo(inverse ? 0 : 3);
        assertThat(instrument.getOpenInterestSides()).isEqualTo(OpenInterestSides.SINGLE);
        assertThat(instrument.getOpenInterestUnit())
                .isEqualTo(inverse ? OpenInterestUnit.CONTRACTS : OpenInterestUnit.BASE);
    }

    private static void assertDepth(Depth depth, Market market) {
        double mid =
                (market.bids.firstKey().doubleValue() + market.asks.firstKey().doubleValue()) / 2;
        assertThat(depth.getMidPrice()).describedAs(market.symbol).isCloseTo(mid, within(1e-9 * mid));
        assertThat(depth.getLevels()).describedAs(market.symbol).hasSizeGreaterThan(2);
        for (DepthLevel level : depth.getLevels()) {
            double face = market.contractSize.doubleValue();
            assertBetween(level.getBidQuantity(), market.bids, mid, level.getDistance(), face);
            assertBetween(level.getAskQuantity(), market.asks, mid, level.getDistance(), face);
        }
    }

    /** Prices lie on a grid, so one may lie at the distance itself: rounding decides whether it is counted. */
    private static void assertBetween(
            double found, Map<BigDecimal, BigDecimal> side, double mid, double distance, double face) {
        assertThat(found)
                .isBetween(
                        face * sum(side, mid, distance * (1 - 1e-12)) - 1e-6,
                        face * sum(side, mid, distance * (1 + 1e-12)) + 1e-6);
    }

    private static double sum(Map<BigDecimal, BigDecimal> side, double mid, double distance) {
        double sum = 0;
        for (Map.Entry<BigDecimal, BigDecimal> level : side.entrySet()) {
            if (Math.abs(level.getKey().doubleValue() - mid) <= distance * mid) {
                sum += level.getValue().doubleValue();
            }
        }
        return sum;
    }

    /** Whatever went out to the task is there, and once. */
    static void assertLiquidations(TaskDriver driver, BinanceState state, Set<String> delivered) {
        Set<String> found = new LinkedHashSet<>();
        for (TaskDriver.Read read : driver.of(Topics.LIQUIDATIONS)) {
            Liquidation liquidation = (Liquidation) read.value();
            String id = liquidation.getSymbol() + " " + liquidation.getTradeId();
            assertThat(found.add(id)).describedAs(id).isTrue();
            assertThat(state.forced).containsKey(id);
            assertThat(liquidation.getCensored()).isTrue();
            boolean sold = state.forced.get(id).get("o").get("S").textValue().equals("SELL");
            assertThat(liquidation.getPositionSide()).hasToString(sold ? "LONG" : "SHORT");
            double filled =
                    Double.parseDouble(state.forced.get(id).get("o").get("z").textValue());
            if (state.product == Product.COINM) {
                double face = filled
                        * state.markets
                                .get(liquidation.getSymbol())
                                .contractSize
                                .doubleValue();
                assertThat(liquidation.getNotionalUsd()).isEqualTo(face);
                assertThat(liquidation.getQuantity() * liquidation.getPrice()).isCloseTo(face, within(1e-6));
            } else {
                assertThat(liquidation.getQuantity()).isEqualTo(filled);
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(delivered);
    }
}
