package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.TriggerPrice;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages in the shapes that the indexer's documentation shows. */
class DydxPayloadsTest {

    private static final String BITCOIN = """
            {"clobPairId":"0","ticker":"BTC-USD","status":"ACTIVE","baseAsset":"","quoteAsset":"",
             "oraclePrice":"27752.92","priceChange24H":"0","volume24H":"63894023.044245577","trades24H":143820,
             "nextFundingRate":"0.00006821875","initialMarginFraction":"0.050000","maintenanceMarginFraction":"0.030000",
             "openInterest":"1891.473716288","atomicResolution":-10,"quantumConversionExponent":-8,"tickSize":"1",
             "stepSize":"0.000000001","stepBaseQuantums":10,"subticksPerTick":10000,"somethingNew":{"a":[1]}}""";

    @Test
    void shouldReadAMarketToTheLastDigit() {
        PerpetualMarket market = PerpetualMarket.named("BTC-USD").with(VenueJson.parse(BITCOIN));

        Price price = market.price("dydx");
        assertThat(price.getMarkPrice()).isEqualTo(27752.92);
        assertThat(price.getIndexPrice()).isEqualTo(27752.92);
        assertThat(price.getFundingRate()).isEqualTo(0.00006821875);
        assertThat(price.getFundingIntervalHours()).isEqualTo(1.0);
        assertThat(price.getOpenInterest()).isEqualTo(1891.473716288);
        assertThat(price.getDayVolume())
                .describedAs("the venue counts it in dollars")
                .isNull();
        Instrument instrument = market.instrument("dydx", "2026-06-22");
        assertThat(instrument.getSizeDecimals()).isEqualTo(10);
        assertThat(instrument.getBaseAsset()).isEqualTo("BTC");
        assertThat(instrument.getTriggerPrice()).isEqualTo(TriggerPrice.ORACLE);
        assertThat(instrument.getMarginTiers()).singleElement().satisfies(tier -> {
            assertThat(tier.getMaintenanceRate()).isEqualTo(0.03);
            assertThat(tier.getMaxLeverage()).isEqualTo(20.0);
        });
    }

    @Test
    void shouldKeepWhatAChangeDoesNotSay() {
        PerpetualMarket market = PerpetualMarket.named("BTC-USD").with(VenueJson.parse(BITCOIN));

        PerpetualMarket after = market.with(VenueJson.parse("{\"nextFundingRate\":\"-0.1\"}"))
                .with(VenueJson.parse("{\"oraclePrice\":\"27753\",\"effectiveAt\":\"2026-06-22T12:00:00Z\"}"));

        assertThat(after.oraclePrice()).isEqualTo(new BigDecimal("27753"));
        assertThat(after.nextFundingRate()).isEqualTo(new BigDecimal("-0.1"));
        assertThat(after.openInterest()).isEqualTo(new BigDecimal("1891.473716288"));
    }

    @Test
    void shouldMakeNoRecordOfWhatTheVenueHasNotSaid() {
        PerpetualMarket market = PerpetualMarket.named("NEW-USD")
                .with(VenueJson.parse("{\"status\":\"INITIALIZING\",\"openInterest\":null}"));

        assertThat(market.price("dydx")).isNull();
        assertThat(market.instrument("dydx", "2026-06-22")).isNull();
    }

    @Test
    void shouldSayWhatIsWrong() {
        PerpetualMarket market = PerpetualMarket.named("BTC-USD");

        assertThatThrownBy(() -> market.with(VenueJson.parse("{\"oraclePrice\":\"-1\"}")))
                .isInstanceOf(FeedFormatException.class)
                .hasMessageContaining("oraclePrice")
                .hasMessageContaining("-1")
                .hasMessageContaining("more than 0");
        assertThatThrownBy(() -> market.with(VenueJson.parse("{\"atomicResolution\":3}")))
                .hasMessageContaining("atomicResolution");
        assertThatThrownBy(() -> PerpetualMarket.named("a b-USD")).hasMessageContaining("without spaces");
    }

    @Test
    void shouldReadASubaccountAndItsChanges() {
        Subaccount account = new Subaccount("dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4/0");
        account.snapshot(VenueJson.parse("""
                {"address":"dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4","subaccountNumber":0,"equity":"1","freeCollateral":"1",
                 "openPerpetualPositions":{"ETH-USD":{"market":"ETH-USD","status":"OPEN","side":"SHORT","size":"-1.5",
                 "maxSize":"-1.5","entryPrice":"3000.25","netFunding":"0","unrealizedPnl":"0"}},
                 "assetPositions":{"USDC":{"symbol":"USDC","side":"LONG","size":"10000.5","assetId":"0"}},"marginEnabled":true}
                """));
        assertThat(account.records("dydx").get(1).value())
                .isInstanceOfSatisfying(
                        Collateral.class,
                        balance -> assertThat(balance.getQuantity()).isEqualTo(10000.5 - 1.5 * 3000.25));

        account.change(VenueJson.parse("""
                {"perpetualPositions":[{"address":"a","subaccountNumber":0,"positionId":"p","market":"ETH-USD","side":"SHORT",
                 "status":"CLOSED","size":"0","entryPrice":"3000.25"},{"market":"BTC-USD","side":"LONG","status":"OPEN",
                 "size":"0.000000001","entryPrice":"27752.920000001"}],
                 "assetPositions":[{"symbol":"USDC","side":"SHORT","size":"12.5","assetId":"0"}],"fills":[],"orders":[]}
                """));

        assertThat(account.records("dydx")).hasSize(2);
        assertThat(account.records("dydx").get(0).key())
                .isEqualTo("dydx:dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4/0:BTC-USD");
        assertThat(account.records("dydx").get(0).value()).isInstanceOfSatisfying(Position.class, position -> {
            assertThat(position.getSize()).isEqualTo(1e-9);
            assertThat(position.getEntryPrice()).isEqualTo(27752.920000001);
        });
        assertThat(account.records("dydx").get(1).value())
                .isInstanceOfSatisfying(
                        Collateral.class,
                        balance -> assertThat(balance.getQuantity()).isEqualTo(-12.5 + 0.000027752920000001));
    }

    @Test
    void shouldTakeNothingOfAChangeThatCannotBeRead() {
        Subaccount account = new Subaccount("dydx1a/0");
        account.snapshot(VenueJson.parse("""
                {"openPerpetualPositions":{},"assetPositions":{"USDC":{"symbol":"USDC","side":"LONG","size":"5"}}}"""));
        String before = account.lines();

        assertThatThrownBy(() -> account.change(VenueJson.parse("""
                        {"perpetualPositions":[{"market":"BTC-USD","side":"LONG","size":"1","entryPrice":"2"},
                         {"market":"ETH-USD","side":"BOTH","size":"1","entryPrice":"2"}]}"""))).hasMessageContaining("side");
        assertThat(account.lines()).isEqualTo(before);
    }

    @Test
    void shouldReadForcedTradesFromTheTakersSide() {
        JsonNode contents = VenueJson.parse("""
                {"trades":[{"id":"8ee6d90d-272d-5edd-bf0f-2e4d6ae3d3b7","size":"0.000100431","price":"27839","side":"BUY",
                 "createdAt":"2023-04-04T00:29:19.353Z","type":"LIQUIDATED"},
                 {"id":"d310c32c-f066-5ba8-a97d-10a29d9a6c84","size":"5","price":"27837","side":"SELL",
                 "createdAt":"2023-04-04T00:29:19.353Z","type":"DELEVERAGED"},
                 {"id":"x","size":"5","price":"27837","side":"SELL","createdAt":"2023-04-04T00:29:19.353Z","type":"LIMIT"},
                 {"side":"SELL","size":"0.000226026","price":"27842","createdAt":"2023-04-04T00:28:56.226Z",
                 "createdAtHeight":"49592"}]}""");

        List<Liquidation> forced = Trade.all(contents).stream()
                .map(trade -> trade.liquidation("dydx", "BTC-USD"))
                .filter(java.util.Objects::nonNull)
                .toList();

        assertThat(forced).hasSize(2);
        assertThat(forced.get(0).getPositionSide()).isEqualTo(PositionSide.SHORT);
        assertThat(forced.get(0).getQuantity()).isEqualTo(0.000100431);
        assertThat(forced.get(0).getPriceKind()).isEqualTo(LiquidationPriceKind.FILL);
        assertThat(forced.get(0).getAccount())
                .describedAs("the venue names nobody")
                .isNull();
        assertThat(forced.get(1).getPositionSide()).isEqualTo(PositionSide.LONG);
        assertThat(forced.get(1).getPriceKind()).isEqualTo(LiquidationPriceKind.BANKRUPTCY);
    }

    @Test
    void shouldTakeWhatCameLaterForRightWhereABookIsCrossed() {
        OrderBook book = new OrderBook();
        book.snapshot(VenueJson.parse("""
                {"bids":[{"price":"28194","size":"4.7"},{"price":"28193","size":"3.1"}],
                 "asks":[{"price":"28194","size":"1"},{"price":"28195","size":"3.2"},{"price":"28199","size":"2"}]}"""));
        assertThat(book.shown().mid()).isEqualByComparingTo("28194.5");

        book.change(VenueJson.parse("{\"bids\":[[\"28196\",\"1.5\"]]}"));
        book.change(VenueJson.parse("{\"asks\":[[\"28197\",\"0\"],[\"28198\",\"2\"]]}"));

        assertThat(book.shown().bestBid()).isEqualByComparingTo("28196");
        assertThat(book.shown().bestAsk()).isEqualByComparingTo("28198");
        assertThat(book.shown().quantity(BookSide.ASK, new BigDecimal("28199"))).isEqualByComparingTo("2");
    }
}
