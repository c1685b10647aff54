package io.plimsoll.connectors.okx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.connectors.feed.FeedFormatException;
import io.plimsoll.connectors.feed.LiquidationRecords.Report;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages in the shapes that the venue documents. */
class OkxPayloadsTest {

    private static final Contract LINEAR =
            Contract.of(row("BTC-USDT-SWAP", "BTC-USDT", "linear", "0.01", "BTC", "0.01"));
    private static final Contract INVERSE = Contract.of(row("BTC-USD-SWAP", "BTC-USD", "inverse", "100", "USD", "1"));
    private static final PositionTiers TIERS = PositionTiers.of(VenueJson.parse("""
            [{"baseMaxLoan":"","imr":"0.01","instId":"","maxLever":"100","maxSz":"1000","minSz":"0","mmr":"0.004",
              "optMgnFactor":"0","quoteMaxLoan":"","tier":"1","uly":"BTC-USDT","instFamily":"BTC-USDT"},
             {"imr":"0.02","maxLever":"","maxSz":"2500.5","minSz":"1001","mmr":"0.0065","tier":"2","instFamily":"BTC-USDT"},
             {"imr":"0.02","maxLever":"1","maxSz":"9","minSz":"0","mmr":"0.5","tier":"1","instFamily":"ETH-USDT"}]"""), "BTC-USDT");

    private static JsonNode row(String symbol, String underlying, String type, String face, String of, String lot) {
        return VenueJson.parse("""
                {"instType":"SWAP","instId":"%s","uly":"%s","instFamily":"%s","category":"1","baseCcy":"","quoteCcy":"",
                "settleCcy":"%s","ctVal":"%s","ctMult":"1","ctValCcy":"%s","optType":"","stk":"","listTime":"1597026383085",
                "expTime":"","lever":"100","tickSz":"0.1","lotSz":"%s","minSz":"%s","ctType":"%s","state":"live","new":{}}""".formatted(
                        symbol, underlying, underlying, of.equals("USD") ? "BTC" : "USDT", face, of, lot, lot, type));
    }

    private static JsonNode item(String json) {
        return VenueJson.parse(json);
    }

    @Test
    void shouldReadContractsWithTheirUnits() {
        Instrument linear = LINEAR.instrument("okx", TIERS.at(new BigDecimal("60000"), LINEAR), "2026-06-22", 0.0005);
        Instrument inverse = INVERSE.instrument("okx", TIERS.at(new BigDecimal("50000"), INVERSE), "2026-06-22", 0);

        assertThat(linear.getKind()).isEqualTo(ContractKind.LINEAR_PERPETUAL);
        assertThat(linear.getBaseAsset() + linear.getQuoteAsset() + linear.getSettleAsset())
                .isEqualTo("BTCUSDTUSDT");
        assertThat(linear.getContractMultiplier()).isEqualTo(0.01);
        assertThat(linear.getSizeDecimals())
                .describedAs("a lot is 0.01 x 0.01 BTC")
                .isEqualTo(4);
        assertThat(linear.getLiquidationFeeRate()).isEqualTo(0.0005);
        assertThat(linear.getOpenInterestUnit()).isEqualTo(OpenInterestUnit.CONTRACTS);
        assertThat(linear.getOpenInterestSides()).isEqualTo(OpenInterestSides.SINGLE);
        assertThat(inverse.getKind()).isEqualTo(ContractKind.INVERSE_PERPETUAL);
        assertThat(inverse.getBaseAsset() + inverse.getQuoteAsset() + inverse.getSettleAsset())
                .isEqualTo("BTCUSDBTC");
        assertThat(inverse.getContractMultiplier()).isEqualTo(100);
        assertThat(inverse.getSizeDecimals()).isZero();
    }

    @Test
    void shouldReckonTiersInMoneyAtTheMark() {
        assertThat(TIERS.at(new BigDecimal("60000"), LINEAR))
                .containsExactly(new MarginTier(0.0, 0.004, 0.0, 100.0), new MarginTier(600_000.0, 0.0065, 0.0, null));
        assertThat(TIERS.at(new BigDecimal("50000"), INVERSE).get(1).getNotionalFloor())
                .describedAs("1000 contracts of 100 dollars, in coins")
                .isEqualTo(2.0);
        assertThat(TIERS.tiers().get(1).ceiling()).isEqualTo(new BigDecimal("2500.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "ctValCcy, USDT, its sizes are counted in",
        "ctType, quanto, linear or inverse",
        "ctVal, 0, more than 0",
        "lotSz, '', a number",
        "uly, BTCUSDT, base and quote"
    })
    void shouldRefuseAContractWhoseUnitsAreNotClear(String field, String value, String allowed) {
        var row = (com.fasterxml.jackson.databind.node.ObjectNode)
                row("BTC-USDT-SWAP", "BTC-USDT", "linear", "0.01", "BTC", "0.01");
        row.put(field, value);

        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> Contract.of(row))
                .withMessageContaining(field)
                .withMessageContaining(allowed);
    }

    @Test
    void shouldPassOverWhatIsNotOpen() {
        var row = (com.fasterxml.jackson.databind.node.ObjectNode)
                row("BTC-USDT-SWAP", "BTC-USDT", "linear", "0.01", "BTC", "0.01");

        assertThat(Contract.of(row.put("state", "suspend"))).isNull();
    }

    @Test
    void shouldPutAPriceTogetherFromItsChannels() {
        Quote quote = new Quote();
        assertThat(quote.price("okx", "BTC-USDT-SWAP")).isNull();

        quote.mark(
                item(
                        "{\"instType\":\"SWAP\",\"instId\":\"BTC-USDT-SWAP\",\"markPx\":\"42310.6\",\"ts\":\"1630049139746\"}"));
        quote.index(item("{\"instId\":\"BTC-USDT\",\"idxPx\":\"42300.1\",\"high24h\":\"1\",\"ts\":\"1630049139000\"}"));
        quote.openInterest(
                item(
                        "{\"oi\":\"2216113.01000000030903\",\"oiCcy\":\"22161.1301\",\"oiUsd\":\"1\",\"ts\":\"1630049139700\"}"));
        quote.ticker(
                item("{\"last\":\"9999.99\",\"vol24h\":\"2222\",\"volCcy24h\":\"2222\",\"ts\":\"1630049139001\"}"));
        quote.funding(item("""
                {"fundingRate":"0.0001875391284828","fundingTime":"1700726400000","method":"current_period",
                "nextFundingRate":"","nextFundingTime":"1700755200000","ts":"1630049139002"}"""));

        Price price = quote.price("okx", "BTC-USDT-SWAP");
        assertThat(quote.isWhole(true)).isTrue();
        assertThat(price.getMarkPrice()).isEqualTo(42310.6);
        assertThat(price.getIndexPrice()).isEqualTo(42300.1);
        assertThat(price.getOpenInterest()).isEqualTo(2216113.01000000030903);
        assertThat(price.getDayVolume()).isEqualTo(2222);
        assertThat(price.getFundingRate()).isEqualTo(0.0001875391284828);
        assertThat(price.getFundingIntervalHours()).isEqualTo(8);
        assertThat(quote.timeMs()).isEqualTo(1_630_049_139_746L);
    }

    @Test
    void shouldNotInventTheHoursOfAFundingRate() {
        Quote quote = new Quote();
        quote.mark(item("{\"markPx\":\"1\",\"ts\":\"1\"}"));

        quote.funding(item("{\"fundingRate\":\"0.0001\",\"fundingTime\":\"1700726400000\",\"nextFundingTime\":\"\"}"));
        assertThat(quote.price("okx", "X").getFundingRate()).isNull();
        assertThat(quote.lacksFundingHours()).isTrue();

        quote.funding(
                item(
                        "{\"fundingRate\":\"0.0001\",\"fundingTime\":\"1700726400000\",\"prevFundingTime\":\"1700712000000\"}"));
        assertThat(quote.price("okx", "X").getFundingIntervalHours()).isEqualTo(4);
        assertThat(quote.lacksFundingHours()).isFalse();
    }

    @Test
    void shouldLetTheNewestOfEachChannelCount() {
        Quote quote = new Quote();
        quote.mark(item("{\"markPx\":\"10\",\"ts\":\"1000\"}"));

        assertThat(quote.mark(item("{\"markPx\":\"9\",\"ts\":\"999\"}"))).isFalse();
        assertThat(quote.openInterest(item("{\"oi\":\"5\",\"ts\":\"999\"}"))).isTrue();

        assertThat(quote.price("okx", "X").getMarkPrice()).isEqualTo(10);
        assertThat(quote.price("okx", "X").getOpenInterest()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"net, sell, LONG", "net, buy, SHORT", "long, sell, LONG", "short, buy, SHORT", "'', buy, SHORT"})
    void shouldFindTheSideOfThePositionThatWasLiquidated(String position, String order, PositionSide side) {
        Report report = Liquidations.report(item("""
                {"bkLoss":"0","bkPx":"0.007831","ccy":"","posSide":"%s","side":"%s","sz":"13","ts":"1692266434010"}""".formatted(position, order)), LINEAR);

        assertThat(report.positionSide()).isEqualTo(side);
        assertThat(report.size()).describedAs("contracts of 0.01 BTC").isEqualByComparingTo("0.13");
        assertThat(report.price()).isEqualTo(new BigDecimal("0.007831"));
        assertThat(report.timeMs()).isEqualTo(1_692_266_434_010L);
    }

    @Test
    void shouldRefuseALiquidationWithoutASide() {
        assertThatExceptionOfType(FeedFormatException.class)
                .isThrownBy(() -> Liquidations.report(
                        item("{\"posSide\":\"net\",\"sz\":\"1\",\"bkPx\":\"1\",\"ts\":\"1\"}"), LINEAR))
                .withMessageContaining("side");
    }

    @Test
    void shouldFollowABookByTheNumbersBeforeIt() {
        Book book = new Book(new BigDecimal("0.01"));

        assertThat(take(book, false, 11, 10, "[]", "[]")).isEqualTo(Book.Taken.GAP);
        assertThat(take(book, true, 20, -1, "[[\"99\",\"100\",\"0\",\"4\"]]", "[[\"101\",\"300\",\"0\",\"1\"]]"))
                .isEqualTo(Book.Taken.DONE);
        assertThat(take(book, false, 25, 20, "[[\"98\",\"50\",\"0\",\"4\"]]", "[]"))
                .isEqualTo(Book.Taken.DONE);
        assertThat(take(book, false, 25, 20, "[]", "[]"))
                .describedAs("once more")
                .isEqualTo(Book.Taken.OLD);
        assertThat(take(book, false, 25, 25, "[]", "[]"))
                .describedAs("nothing new")
                .isEqualTo(Book.Taken.DONE);
        assertThat(take(book, false, 3, 25, "[[\"99\",\"0\",\"0\",\"0\"]]", "[]"))
                .describedAs("numbers begin anew")
                .isEqualTo(Book.Taken.DONE);

        Depth depth = book.depth("okx", "BTC-USDT-SWAP", List.of(0.1));
        assertThat(depth.getMidPrice()).isEqualTo(99.5);
        assertThat(depth.getLevels().get(0).getBidQuantity())
                .describedAs("base units")
                .isEqualTo(0.5);
        assertThat(depth.getLevels().get(0).getAskQuantity()).isEqualTo(3);
    }

    @Test
    void shouldNotTrustABookOnceAMessageIsMissing() {
        Book book = new Book(BigDecimal.ONE);
        take(book, true, 20, -1, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]");

        assertThat(take(book, false, 30, 25, "[]", "[]")).isEqualTo(Book.Taken.GAP);
        assertThat(take(book, false, 31, 30, "[]", "[]")).isEqualTo(Book.Taken.GAP);
        assertThat(book.isKnown()).isFalse();
        assertThat(take(book, true, 40, -1, "[[\"99\",\"1\"]]", "[[\"101\",\"3\"]]"))
                .isEqualTo(Book.Taken.DONE);
        assertThat(book.isKnown()).isTrue();
    }

    private static Book.Taken take(Book book, boolean isSnapshot, long number, long before, String bids, String asks) {
        return book.take(
                item("{\"bids\":" + bids + ",\"asks\":" + asks
                        + ",\"ts\":\"1597026383085\",\"checksum\":-855196043,\"seqId\":" + number + ",\"prevSeqId\":"
                        + before + "}"),
                isSnapshot);
    }
}
