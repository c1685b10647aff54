package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.deribit.DeribitConfig.MarginRate;
import io.plimsoll.connectors.feed.LevelBook.BookSide;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages in the shapes that the venue's documentation shows. */
class DeribitPayloadsTest {

    private static final String TICKER = """
            {"timestamp":1623060194301,"stats":{"volume_usd":284061480,"volume":7871.02139035,"price_change":0.7229,
             "low":35213.5,"high":36824.5},"state":"open","settlement_price":36169.49,"open_interest":502097590,
             "min_price":35898.37,"max_price":36991.72,"mark_price":36446.51,"last_price":36457.5,
             "instrument_name":"BTC-PERPETUAL","index_price":36441.64,"funding_8h":0.0000211,
             "estimated_delivery_price":36441.64,"current_funding":-0.00000123,"best_bid_price":36442.5,
             "best_bid_amount":5000,"best_ask_price":36443,"best_ask_amount":100,"somethingNew":[1,{}]}""";

    @Test
    void shouldReadATickerToTheLastDigit() {
        Ticker ticker = Ticker.of(VenueJson.parse(TICKER));

        Price price = ticker.price("deribit", true);
        assertThat(ticker.timeMs()).isEqualTo(1623060194301L);
        assertThat(price.getMarkPrice()).isEqualTo(36446.51);
        assertThat(price.getIndexPrice()).isEqualTo(36441.64);
        assertThat(price.getOpenInterest()).isEqualTo(502097590.0);
        assertThat(price.getFundingRate()).isEqualTo(-0.00000123);
        assertThat(price.getFundingIntervalHours()).isEqualTo(8.0);
        assertThat(price.getDayVolume())
                .describedAs("dollars, as its open interest")
                .isEqualTo(284061480.0);
        assertThat(ticker.price("deribit", false).getDayVolume()).isEqualTo(7871.02139035);
    }

    @Test
    void shouldLeaveOutWhatATickerDoesNotSay() {
        Price price = Ticker.of(VenueJson.parse("""
                        {"timestamp":1623060194301,"mark_price":36446.51,"instrument_name":"BTC-25SEP26","index_price":null,
                         "open_interest":null}""")).price("deribit", true);

        assertThat(price.getIndexPrice()).isNull();
        assertThat(price.getOpenInterest()).isNull();
        assertThat(price.getFundingRate()).isNull();
        assertThat(price.getFundingIntervalHours()).isNull();
        assertThat(price.getDayVolume()).isNull();
        assertThatThrownBy(() ->
                        Ticker.of(VenueJson.parse("{\"timestamp\":1,\"instrument_name\":\"A\",\"mark_price\":0}")))
                .hasMessageContaining("mark_price")
                .hasMessageContaining("more than 0");
    }

    @Test
    void shouldTellInverseFromLinear() {
        Instrument inverse = instrument("""
                {"tick_size":0.5,"settlement_period":"perpetual","settlement_currency":"BTC","quote_currency":"USD",
                 "min_trade_amount":10,"kind":"future","is_active":true,"instrument_name":"BTC-PERPETUAL",
                 "instrument_type":"reversed","contract_size":10,"base_currency":"BTC","max_leverage":50}""");
        Instrument linear = instrument("""
                {"settlement_period":"month","settlement_currency":"USDC","quote_currency":"USDC","min_trade_amount":0.0001,
                 "instrument_name":"BTC_USDC-25SEP26","future_type":"linear","base_currency":"BTC"}""");

        assertThat(inverse.getKind()).isEqualTo(ContractKind.INVERSE_PERPETUAL);
        assertThat(inverse.getOpenInterestUnit()).isEqualTo(OpenInterestUnit.QUOTE);
        assertThat(inverse.getSettleAsset()).isEqualTo("BTC");
        assertThat(inverse.getSizeDecimals()).isZero();
        assertThat(inverse.getMarginTiers().get(0).getMaintenanceRate()).isEqualTo(0.01);
        assertThat(inverse.getMaintenanceRatePerUnit()).isEqualTo(0.00005);
        assertThat(linear.getKind()).isEqualTo(ContractKind.LINEAR_FUTURE);
        assertThat(linear.getOpenInterestUnit()).isEqualTo(OpenInterestUnit.BASE);
        assertThat(linear.getSizeDecimals()).isEqualTo(4);
    }

    private static Instrument instrument(String json) {
        return Listing.of(VenueJson.parse(json)).instrument("deribit", new MarginRate(0.01, 0.00005), "2022-01-11");
    }

    @Test
    void shouldKeepABookUpAndSeeThatAChangeIsMissing() {
        Book book = new Book();
        assertThat(book.take(VenueJson.parse("""
                        {"type":"snapshot","timestamp":1554373962454,"instrument_name":"BTC-PERPETUAL","change_id":297217,
                         "bids":[["new",5042.34,30],["new",5041.94,20]],"asks":[["new",5042.64,40],["new",5043.3,40]]}"""))).isEqualTo(Book.Taken.CHANGED);
        String change = """
                {"type":"change","timestamp":1554373911330,"prev_change_id":297217,"instrument_name":"BTC-PERPETUAL",
                 "change_id":297218,"bids":[["delete",5041.94,0],["change",5042.34,25]],"asks":[]}""";
        assertThat(book.take(VenueJson.parse(change))).isEqualTo(Book.Taken.CHANGED);
        assertThat(book.take(VenueJson.parse(change))).isEqualTo(Book.Taken.KNOWN);

        assertThat(book.shown().quantity(BookSide.BID, new BigDecimal("5042.34")))
                .isEqualByComparingTo("25");
        assertThat(book.shown().quantity(BookSide.BID, new BigDecimal("5041.94")))
                .isZero();
        assertThat(book.take(VenueJson.parse("""
                        {"type":"change","timestamp":1,"prev_change_id":297220,"change_id":297221,"bids":[],"asks":[]}"""))).isEqualTo(Book.Taken.GAP);
    }

    @Test
    void shouldReadForcedSidesOfTrades() {
        List<PublicTrade> trades = PublicTrade.all(VenueJson.parse("""
                [{"trade_seq":30289442,"trade_id":"48079269","timestamp":1590484512188,"tick_direction":2,"price":8950,
                  "mark_price":8948.9,"instrument_name":"BTC-PERPETUAL","index_price":8955.88,"direction":"sell","amount":10},
                 {"trade_seq":30289443,"trade_id":"48079270","timestamp":1590484512189,"price":8000,"liquidation":"T",
                  "instrument_name":"BTC-PERPETUAL","direction":"sell","amount":4000},
                 {"trade_seq":30289444,"trade_id":"48079271","timestamp":1590484512189,"price":8000,"liquidation":"MT",
                  "instrument_name":"BTC-PERPETUAL","direction":"buy","amount":8000}]"""));

        assertThat(trades.get(0).liquidations("deribit", true)).isEmpty();
        assertThat(trades.get(1).liquidations("deribit", true)).singleElement().satisfies(forced -> {
            assertThat(forced.getPositionSide()).isEqualTo(PositionSide.LONG);
            assertThat(forced.getQuantity()).describedAs("bitcoins").isEqualTo(0.5);
            assertThat(forced.getNotionalUsd()).isEqualTo(4000.0);
        });
        assertThat(trades.get(2).liquidations("deribit", true))
                .extracting(Liquidation::getTradeId, Liquidation::getPositionSide)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("48079271-T", PositionSide.SHORT),
                        org.assertj.core.groups.Tuple.tuple("48079271-M", PositionSide.LONG));
        assertThat(trades.get(1).liquidations("deribit", false).get(0).getQuantity())
                .isEqualTo(4000.0);
    }
}
