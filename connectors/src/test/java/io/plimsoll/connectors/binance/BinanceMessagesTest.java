package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages in the form of the venue's documentation, each to its record. */
class BinanceMessagesTest {

    private static final MarkPrice.Known NOTHING_KNOWN = new MarkPrice.Known(null, null, null, null, 1.0);

    @Test
    void shouldReadAMarkWithItsIndexAndFunding() {
        MarkPrice mark = MarkPrice.of(json("""
                {"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","i":"11784.62659091",
                "P":"11784.25641265","r":"0.00038167","T":1562306400000}"""));

        Price price = mark.price(
                "binance-usdm",
                new MarkPrice.Known(null, 4.0, new BigDecimal("10659.509"), new BigDecimal("531.2"), 0.998));

        assertThat(price.getMarkPrice()).isEqualTo(11794.15);
        assertThat(price.getIndexPrice()).isEqualTo(11784.62659091);
        assertThat(price.getFundingRate()).isEqualTo(0.00038167);
        assertThat(price.getFundingIntervalHours()).isEqualTo(4);
        assertThat(price.getOpenInterest()).isEqualTo(10659.509);
        assertThat(price.getDayVolume()).isEqualTo(531.2);
        assertThat(price.getQuotePriceUsd()).isEqualTo(0.998);
    }

    @Test
    void shouldReadAMarkOfADatedFuture() {
        MarkPrice mark = MarkPrice.of(json("""
                {"e":"markPriceUpdate","E":1596095725000,"s":"BTCUSD_201225","p":"10934.62615417",
                "P":"10962.17178236","r":"","T":0}"""));

        Price price = mark.price("binance-coinm", new MarkPrice.Known(new BigDecimal("10930.5"), 8.0, null, null, 1.0));

        assertThat(price.getIndexPrice()).isEqualTo(10930.5);
        assertThat(price.getFundingRate()).isNull();
        assertThat(price.getFundingIntervalHours()).isNull();
        assertThat(price.getOpenInterest()).isNull();
    }

    @Test
    void shouldNotSayAFundingRateWhoseHoursAreNotKnown() {
        MarkPrice mark = MarkPrice.of(json("""
                {"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"1","i":"0","r":"0.0001","T":5}"""));

        Price price = mark.price("binance-usdm", NOTHING_KNOWN);

        assertThat(price.getFundingRate()).isNull();
        assertThat(price.getIndexPrice()).isNull();
    }

    @Test
    void shouldTakeAForcedOrderThatSellsForALongPosition() {
        ForcedOrder order = ForcedOrder.of(json("""
                {"e":"forceOrder","E":1568014460893,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.014",
                "p":"9910","ap":"9912.5","X":"FILLED","l":"0.013","z":"0.013","T":1568014460893}}"""));

        Liquidation liquidation = order.liquidation("binance-usdm", BigDecimal.ONE, false);

        assertThat(liquidation.getPositionSide()).isEqualTo(PositionSide.LONG);
        assertThat(liquidation.getQuantity()).isEqualTo(0.013);
        assertThat(liquidation.getPrice()).isEqualTo(9912.5);
        assertThat(liquidation.getPriceKind()).isEqualTo(LiquidationPriceKind.FILL);
        assertThat(liquidation.getCensored()).isTrue();
        assertThat(liquidation.getNotionalUsd()).isNull();
    }

    @Test
    void shouldCountForcedContractsInCoins() {
        ForcedOrder order = ForcedOrder.of(json("""
                {"e":"forceOrder","E":1591154240950,"o":{"s":"BTCUSD_200925","ps":"BTCUSD","S":"BUY","o":"LIMIT",
                "f":"IOC","q":"3","p":"9425.5","ap":"8000","X":"FILLED","l":"1","z":"2","T":1591154240949}}"""));

        Liquidation liquidation = order.liquidation("binance-coinm", BigDecimal.valueOf(100), true);

        assertThat(liquidation.getPositionSide()).isEqualTo(PositionSide.SHORT);
        assertThat(liquidation.getQuantity()).isEqualTo(200.0 / 8000);
        assertThat(liquidation.getNotionalUsd()).isEqualTo(200);
    }

    @Test
    void shouldTakeTheOrderWhereItsFillsAreNotSaid() {
        ForcedOrder order = ForcedOrder.of(json("""
                {"e":"forceOrder","E":2,"o":{"s":"BTCUSDT","S":"BUY","q":"0.014","p":"9910","T":1}}"""));

        assertThat(order.quantity()).isEqualByComparingTo("0.014");
        assertThat(order.price()).isEqualByComparingTo("9910");
        assertThat(order.priceKind()).isEqualTo(LiquidationPriceKind.BANKRUPTCY);
    }

    @Test
    void shouldPassOverAnOrderOfWhichNothingWasFilled() {
        assertThat(ForcedOrder.of(json("""
                {"e":"forceOrder","E":2,"o":{"s":"BTCUSDT","S":"BUY","q":"0.014","p":"9910","ap":"0","z":"0","T":1}}"""))).isNull();
    }

    @Test
    void shouldRefuseASideThatIsNone() {
        assertThatThrownBy(() -> ForcedOrder.of(json("{\"o\":{\"s\":\"BTCUSDT\",\"S\":\"LONG\"}}")))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("BUY or SELL");
    }

    @Test
    void shouldReadAnInverseMarket() {
        Listing listing = Listing.of(Product.COINM, json("""
                {"symbol":"BTCUSD_PERP","pair":"BTCUSD","contractType":"PERPETUAL","deliveryDate":4133404800000,
                "contractStatus":"TRADING","contractSize":100,"marginAsset":"BTC","baseAsset":"BTC","quoteAsset":"USD",
                "pricePrecision":1,"quantityPrecision":0,"filters":[{"filterType":"LOT_SIZE","stepSize":"1"}]}"""));

        Instrument instrument = listing.instrument(Product.COINM, "binance-coinm", List.of(), "2026-05-14");

        assertThat(instrument.getKind()).isEqualTo(ContractKind.INVERSE_PERPETUAL);
        assertThat(instrument.getContractMultiplier()).isEqualTo(100);
        assertThat(instrument.getSizeDecimals()).isZero();
        assertThat(instrument.getSettleAsset()).isEqualTo("BTC");
        assertThat(instrument.getMarginTableDate()).isNull();
    }

    @Test
    void shouldTakeLotsFromTheirFilter() {
        Listing listing = Listing.of(Product.USDM, json("""
                {"symbol":"BTCUSDT","pair":"BTCUSDT","contractType":"PERPETUAL","status":"TRADING","baseAsset":"BTC",
                "quoteAsset":"USDT","marginAsset":"USDT","quantityPrecision":3,
                "filters":[{"filterType":"PRICE_FILTER"},{"filterType":"LOT_SIZE","stepSize":"0.0100"}]}"""));

        assertThat(listing.sizeDecimals()).isEqualTo(2);
        assertThat(listing.isTrading()).isTrue();
    }

    @Test
    void shouldReadBracketsOfCoinsInCoins() {
        Map<String, List<MarginTier>> brackets = Brackets.of(json("""
                [{"symbol":"BTCUSD_PERP","notionalCoef":1.5,"brackets":[
                {"bracket":2,"initialLeverage":100,"qtyCap":10,"qtylFloor":5,"maintMarginRatio":0.005,"cum":0.005},
                {"bracket":1,"initialLeverage":125,"qtyCap":5,"qtylFloor":0,"maintMarginRatio":0.004,"cum":0.0}]}]"""));

        assertThat(brackets.get("BTCUSD_PERP"))
                .containsExactly(new MarginTier(0.0, 0.004, 0.0, 125.0), new MarginTier(5.0, 0.005, 0.005, 100.0));
    }

    @Test
    void shouldNameUnifiedSymbolsAsTheVenueDoes() {
        String tiers = "[{\"tier\":1,\"info\":{\"notionalFloor\":0,\"maintMarginRatio\":0.01}}]";

        Map<String, List<MarginTier>> brackets = Brackets.of(json("{\"BTC/USDT:USDT\":" + tiers
                + ",\"BTC/USDT:USDT-260626\":" + tiers + ",\"ETH/BTC:BTC\":" + tiers + ",\"BTC/USD:BTC\":" + tiers
                + ",\"BTC/USD:BTC-260626\":" + tiers + "}"));

        assertThat(brackets.keySet())
                .containsExactlyInAnyOrder("BTCUSDT", "BTCUSDT_260626", "ETHBTC", "BTCUSD_PERP", "BTCUSD_260626");
        assertThat(brackets.get("BTCUSDT")).containsExactly(new MarginTier(0.0, 0.01, null, null));
    }

    @Test
    void shouldRefuseBracketsThatDoNotBeginAtNothing() {
        assertThatThrownBy(() -> Brackets.of(json("""
                [{"symbol":"X","brackets":[{"notionalFloor":5,"maintMarginRatio":0.01}]}]""")))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("begin at 5.0");
    }

    private static JsonNode json(String text) {
        return VenueJson.parse(text);
    }
}
