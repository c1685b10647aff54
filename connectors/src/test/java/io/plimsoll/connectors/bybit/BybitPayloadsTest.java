package io.plimsoll.connectors.bybit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.LiquidationRecords.Report;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in the shapes that the venue documents. */
class BybitPayloadsTest {

    private static final Listing LINEAR = listing("BTCUSDT", "LinearPerpetual", "USDT", "USDT", "0.001", "480");
    private static final Listing INVERSE = listing("BTCUSD", "InversePerpetual", "USD", "BTC", "1", "480");

    private static Listing listing(
            String symbol, String type, String quote, String settle, String step, String minutes) {
        return Listing.of(row(symbol, type, "Trading", quote, settle, step, minutes));
    }

    private static JsonNode row(
            String symbol, String type, String status, String quote, String settle, String step, String minutes) {
        return VenueJson.parse("""
                {"symbol":"%s","contractType":"%s","status":"%s","baseCoin":"BTC","quoteCoin":"%s","launchTime":"1585526400000",
                "deliveryTime":"0","deliveryFeeRate":"","priceScale":"2","leverageFilter":{"minLeverage":"1","maxLeverage":"100.00"},
                "priceFilter":{"tickSize":"0.10"},"lotSizeFilter":{"maxOrderQty":"1190.000","minOrderQty":"0.001","qtyStep":"%s"},
                "unifiedMarginTrade":true,"fundingInterval":%s,"settleCoin":"%s","copyTrading":"both","isPreListing":false,
                "preListingInfo":null,"fromTheFuture":[1]}""".formatted(symbol, type, status, quote, step, minutes, settle));
    }

    private static JsonNode data(String json) {
        return VenueJson.parse(json);
    }

    private static Ticker ticker() {
        Ticker ticker = new Ticker();
        ticker.take(data("""
                {"symbol":"BTCUSDT","tickDirection":"PlusTick","price24hPcnt":"0.017103","lastPrice":"17216.00",
                "markPrice":"17217.33","indexPrice":"17227.36","openInterest":"68744.761","openInterestValue":"1183601235.91",
                "turnover24h":"1570383121.943499","volume24h":"91705.276","nextFundingTime":"1673280000000",
                "fundingRate":"-0.000212","bid1Price":"17215.50","singleOpenInterest":"34372.3805"}"""), true, 1_000);
        return ticker;
    }

    @Test
    void shouldReadATickerSnapshot() {
        Price price = ticker().price("bybit", LINEAR);

        assertThat(price.getMarkPrice()).isEqualTo(17217.33);
        assertThat(price.getIndexPrice()).isEqualTo(17227.36);
        assertThat(price.getFundingRate()).isEqualTo(-0.000212);
        assertThat(price.getFundingIntervalHours()).isEqualTo(8.0);
        assertThat(price.getOpenInterest())
                .describedAs("both sides, as declared")
                .isEqualTo(68744.761);
        assertThat(price.getDayVolume()).isEqualTo(91705.276);
    }

    @Test
    void shouldTakeAMissingFieldForUnchangedAndAnEmptyOneForNone() {
        Ticker ticker = ticker();

        ticker.take(
                data("{\"symbol\":\"BTCUSDT\",\"markPrice\":\"17218\",\"fundingRate\":\"\",\"new\":{}}"), false, 1_100);

        Price price = ticker.price("bybit", LINEAR);
        assertThat(price.getMarkPrice()).isEqualTo(17218);
        assertThat(price.getOpenInterest()).isEqualTo(68744.761);
        assertThat(price.getFundingRate()).isNull();
        assertThat(price.getFundingIntervalHours()).isNull();
        assertThat(ticker.timeMs()).isEqualTo(1_100);
    }

    @Test
    void shouldForgetWhatASnapshotDoesNotHave() {
        Ticker ticker = ticker();

        ticker.take(data("{\"symbol\":\"BTCUSDT\",\"markPrice\":\"17218\"}"), true, 1_100);

        assertThat(ticker.price("bybit", LINEAR).getOpenInterest()).isNull();
    }

    @Test
    void shouldLetTheNewestOfEachFieldCount() {
        Ticker ticker = ticker();
        ticker.take(data("{\"markPrice\":\"3\"}"), false, 3_000);

        ticker.take(data("{\"markPrice\":\"2\",\"openInterest\":\"7\"}"), false, 2_000);

        assertThat(ticker.price("bybit", LINEAR).getMarkPrice()).isEqualTo(3);
        assertThat(ticker.price("bybit", LINEAR).getOpenInterest()).isEqualTo(7);
        assertThat(ticker.timeMs()).isEqualTo(3_000);
    }

    @Test
    void shouldTakeNothingOfATickerThatCannotBeRead() {
        Ticker ticker = ticker();

        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> ticker.take(data("{\"markPrice\":\"9\",\"indexPrice\":\"nine\"}"), false, 9_000))
                .withMessageContaining("indexPrice");

        assertThat(ticker.price("bybit", LINEAR).getMarkPrice()).isEqualTo(17217.33);
    }

    @Test
    void shouldPreferTheTickersFundingIntervalAndInventNone() {
        Ticker ticker = ticker();
        Listing silent = listing("BTCUSDT", "LinearPerpetual", "USDT", "USDT", "0.001", "0");

        assertThat(ticker.price("bybit", silent).getFundingRate()).isNull();
        ticker.take(data("{\"fundingIntervalHour\":\"4\"}"), false, 2_000);
        assertThat(ticker.price("bybit", silent).getFundingRate()).isEqualTo(-0.000212);
        assertThat(ticker.price("bybit", silent).getFundingIntervalHours()).isEqualTo(4);
        assertThat(ticker.price("bybit", LINEAR).getFundingIntervalHours()).isEqualTo(4);
    }

    @Test
    void shouldDeclareBothSidesInCoinsOrDollars() {
        RiskLimit limit = RiskLimit.of(
                data("[{\"symbol\":\"BTCUSD\",\"riskLimitValue\":\"150\",\"maintenanceMargin\":\"0.005\"}]"), "BTCUSD");

        Instrument linear = LINEAR.instrument("bybit", limit, "2026-06-22");
        Instrument inverse = INVERSE.instrument("bybit", limit, "2026-06-22");

        assertThat(linear.getKind()).isEqualTo(ContractKind.LINEAR_PERPETUAL);
        assertThat(linear.getSizeDecimals()).isEqualTo(3);
        assertThat(linear.getOpenInterestUnit()).isEqualTo(OpenInterestUnit.BASE);
        assertThat(linear.getOpenInterestSides()).isEqualTo(OpenInterestSides.BOTH);
        assertThat(inverse.getKind()).isEqualTo(ContractKind.INVERSE_PERPETUAL);
        assertThat(inverse.getSizeDecimals()).isZero();
        assertThat(inverse.getContractMultiplier()).isEqualTo(1);
        assertThat(inverse.getSettleAsset()).isEqualTo("BTC");
        assertThat(inverse.getOpenInterestUnit()).isEqualTo(OpenInterestUnit.QUOTE);
        assertThat(inverse.getOpenInterestSides()).isEqualTo(OpenInterestSides.BOTH);
        assertThat(inverse.getMarginModel()).isEqualTo(MarginModel.BYBIT);
    }

    @Test
    void shouldPassOverWhatIsNotOpenOrNotKnown() {
        assertThat(Listing.of(row("X", "LinearPerpetual", "PreLaunch", "USDT", "USDT", "1", "480")))
                .isNull();
        assertThat(Listing.of(row("X", "SomethingNew", "Trading", "USDT", "USDT", "1", "480")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "x"})
    void shouldRefuseAStepThatIsNone(String step) {
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> listing("X", "LinearPerpetual", "USDT", "USDT", step, "480"))
                .withMessageContaining("qtyStep");
    }

    @Test
    void shouldTakeTheSideOfALiquidationForThePositions() {
        JsonNode buy =
                data("{\"T\":1739502302929,\"s\":\"BTCUSDT\",\"S\":\"Buy\",\"v\":\"20000\",\"p\":\"0.04499\",\"x\":1}");

        Report report = Channels.report(buy, LINEAR);

        assertThat(report.positionSide()).isEqualTo(PositionSide.LONG);
        assertThat(report.size()).isEqualTo(new BigDecimal("20000"));
        assertThat(report.price()).isEqualTo(new BigDecimal("0.04499"));
        assertThat(report.timeMs()).isEqualTo(1_739_502_302_929L);
        assertThat(Channels.report(data("{\"T\":1,\"S\":\"Sell\",\"v\":\"1\",\"p\":\"1\"}"), INVERSE))
                .satisfies(sell -> assertThat(sell.positionSide()).isEqualTo(PositionSide.SHORT))
                .satisfies(sell -> assertThat(sell.isInverse()).isTrue());
    }

    @Test
    void shouldKeepABookUpBySnapshotAndChanges() {
        Book book = new Book(200);

        assertThat(book.take(levels(5, "[[\"99\",\"1\"]]", "[]"), false, 1)).isEqualTo(Book.Taken.GAP);
        assertThat(book.take(levels(5, "[[\"99\",\"1\"],[\"98\",\"2\"]]", "[[\"101\",\"3\"]]"), true, 2))
                .isEqualTo(Book.Taken.DONE);
        assertThat(book.take(levels(6, "[[\"99\",\"0\"]]", "[[\"100\",\"4\"]]"), false, 3))
                .isEqualTo(Book.Taken.DONE);
        assertThat(book.take(levels(6, "[[\"99\",\"9\"]]", "[]"), false, 3)).isEqualTo(Book.Taken.OLD);

        Depth depth = book.depth("bybit", "BTCUSDT", List.of(0.1));
        assertThat(depth.getMidPrice()).isEqualTo(99);
        assertThat(depth.getLevels().get(0).getBidQuantity()).isEqualTo(2);
        assertThat(depth.getLevels().get(0).getAskQuantity()).isEqualTo(7);
        assertThat(book.timeMs()).isEqualTo(3);
    }

    @Test
    void shouldNotTrustABookOnceANumberIsMissing() {
        Book book = new Book(200);
        book.take(levels(5, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]"), true, 2);

        assertThat(book.take(levels(7, "[]", "[]"), false, 3)).isEqualTo(Book.Taken.GAP);
        assertThat(book.isKnown()).isFalse();
        assertThat(book.take(levels(8, "[]", "[]"), false, 4)).isEqualTo(Book.Taken.GAP);
        assertThat(book.take(levels(9, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]"), true, 5))
                .isEqualTo(Book.Taken.DONE);
        assertThat(book.isKnown()).isTrue();
    }

    @Test
    void shouldTakeTheFirstNumberForAWholeBook() {
        Book book = new Book(200);
        book.take(levels(500, "[[\"99\",\"1\"],[\"98\",\"1\"]]", "[[\"101\",\"3\"]]"), true, 2);

        assertThat(book.take(levels(1, "[[\"97\",\"5\"]]", "[[\"103\",\"6\"]]"), false, 3))
                .isEqualTo(Book.Taken.DONE);

        assertThat(book.depth("bybit", "BTCUSDT", List.of(0.1)).getMidPrice()).isEqualTo(100);
    }

    @Test
    void shouldNotTrustABookThatIsCrossedOrCannotBeRead() {
        Book book = new Book(200);
        book.take(levels(5, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]"), true, 2);

        assertThat(book.take(levels(6, "[[\"102\",\"1\"]]", "[]"), false, 3)).isEqualTo(Book.Taken.GAP);
        book.take(levels(7, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]"), true, 4);
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> book.take(levels(8, "[[\"99\"]]", "[]"), false, 5));
        assertThat(book.isKnown()).isFalse();
    }

    private static JsonNode levels(long update, String bids, String asks) {
        return data(
                "{\"s\":\"BTCUSDT\",\"b\":" + bids + ",\"a\":" + asks + ",\"u\":" + update + ",\"seq\":7961638724}");
    }
}
