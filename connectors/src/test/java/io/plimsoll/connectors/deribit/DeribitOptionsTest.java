package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.feed.TaskDriver;
import io.plimsoll.connectors.feed.TestClock;
import io.plimsoll.connectors.feed.VenueJson;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.FeedState;
import io.plimsoll.schemas.avro.FeedStatus;
import io.plimsoll.schemas.avro.OptionKind;
import io.plimsoll.schemas.avro.OptionPrice;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeribitOptionsTest {

    private static final long STEP = 5_000;
    private static final long MINUTE = 60_000;

    private static final String LISTED = """
            {"tick_size":0.0005,"taker_commission":0.0003,"strike":80000,"settlement_period":"month",
             "settlement_currency":"BTC","quote_currency":"BTC","price_index":"btc_usd","option_type":"call",
             "min_trade_amount":0.1,"kind":"option","is_active":true,"instrument_name":"BTC-25SEP26-80000-C",
             "expiration_timestamp":1790323200000,"counter_currency":"USD","contract_size":1,"base_currency":"BTC"}""";
    private static final String TICKER = """
            {"underlying_price":67012.57,"underlying_index":"BTC-25SEP26","timestamp":1782130000123,
             "stats":{"volume_usd":51234.5,"volume":11.5,"price_change":-4.1,"low":0.05,"high":0.0565},"state":"open",
             "settlement_price":0.0549,"open_interest":812.4,"min_price":0.0265,"max_price":0.0865,"mark_price":0.05312,
             "mark_iv":61.25,"last_price":0.053,"interest_rate":0,"instrument_name":"BTC-25SEP26-80000-C",
             "index_price":66375.25,"greeks":{"vega":88.03412,"theta":-41.20331,"rho":27.45,"gamma":0.00002,"delta":0.43213},
             "estimated_delivery_price":66375.25,"bid_iv":0.0,"best_bid_price":0,"best_bid_amount":0,"best_ask_price":0.0535,
             "best_ask_amount":12.3,"ask_iv":61.62}""";

    private final TestClock clock = new TestClock();
    private final DeribitState state = new DeribitState(51);
    private final DeribitVenue venue = new DeribitVenue(state, clock, 24 * 60 * MINUTE, 51);
    private final TaskDriver driver = venue.driver();

    @AfterEach
    void close() {
        driver.stop();
        venue.close();
    }

    @Test
    void shouldReadAnOptionToTheLastDigit() {
        OptionPrice option = price(LISTED, TICKER);

        assertThat(option.getKind()).isEqualTo(OptionKind.CALL);
        assertThat(option.getStrike()).isEqualTo(80_000);
        assertThat(option.getExpiryMs()).isEqualTo(1790323200000L);
        assertThat(option.getBaseAsset()).isEqualTo("BTC");
        assertThat(option.getSettleAsset()).isEqualTo("BTC");
        assertThat(option.getMarkPrice()).isEqualTo(0.05312);
        assertThat(option.getIndexPrice()).isEqualTo(66375.25);
        assertThat(option.getUnderlyingPrice()).isEqualTo(67012.57);
        assertThat(option.getMarkVolatility()).describedAs("a fraction").isEqualTo(0.6125);
        assertThat(option.getBidVolatility()).describedAs("nobody bids").isNull();
        assertThat(option.getAskVolatility()).isEqualTo(0.6162);
        assertThat(option.getDelta()).isEqualTo(0.43213);
        assertThat(option.getGamma()).isEqualTo(0.00002);
        assertThat(option.getVega()).isEqualTo(88.03412);
        assertThat(option.getTheta()).isEqualTo(-41.20331);
        assertThat(option.getRho()).isEqualTo(27.45);
        assertThat(option.getOpenInterest()).isEqualTo(812.4);
        assertThat(option.getDayVolume()).isEqualTo(11.5);
    }

    @Test
    void shouldLeaveOutWhatIsNotSaid() {
        OptionPrice option = price(LISTED.replace("call", "put"), """
                {"timestamp":1,"instrument_name":"BTC-25SEP26-80000-C","mark_price":0.0,"greeks":null,"index_price":0}""");

        assertThat(option.getKind()).isEqualTo(OptionKind.PUT);
        assertThat(option.getMarkPrice()).describedAs("it is worth nothing").isZero();
        assertThat(option.getDelta()).isNull();
        assertThat(option.getIndexPrice()).isNull();
        assertThat(option.getMarkVolatility()).isNull();
        assertThat(option.getOpenInterest()).isNull();
        assertThatThrownBy(() -> OptionListing.of(VenueJson.parse(LISTED.replace("call", "both"))))
                .hasMessageContaining("option_type")
                .hasMessageContaining("call or put");
        assertThatThrownBy(() -> OptionTicker.of(VenueJson.parse(TICKER.replace("0.05312", "-1"))))
                .hasMessageContaining("mark_price");
    }

    private static OptionPrice price(String listed, String ticker) {
        return OptionTicker.of(VenueJson.parse(ticker)).price("deribit", OptionListing.of(VenueJson.parse(listed)));
    }

    @Test
    @Timeout(600)
    void shouldWriteEachOptionOnceInItsIntervalAndNoInstrumentOfIt() throws InterruptedException {
        driver.with("options.interval.ms", "20000").start(2);
        driver.run(10 * STEP, STEP, venue::publish);

        int before = driver.of(Topics.OPTIONS).size();
        driver.run(MINUTE, STEP, this::move);
        int written = driver.of(Topics.OPTIONS).size() - before;
        driver.run(5 * STEP, STEP, venue::publish);

        assertThat(written).describedAs("four options, three times or so").isBetween(4 * 2, 4 * 4);
        state.options.assertHeld(driver);
        DeribitTruth.assertAll(driver, state);
        assertThat(driver.latest(Topics.INSTRUMENTS)).hasSameSizeAs(state.markets);
        assertThat(venue.complaints()).isEmpty();
    }

    @Test
    @Timeout(600)
    void shouldFindAnOptionThatIsAskedForByName() throws InterruptedException {
        driver.with("markets", "BTC-PERPETUAL,ETH-25SEP26-2500-C").start();

        driver.run(10 * STEP, STEP, venue::publish);

        assertThat(driver.latest(Topics.OPTIONS)).containsOnlyKeys("deribit:ETH-25SEP26-2500-C");
        assertThat(lastStatus().getState())
                .describedAs(lastStatus().getReason())
                .isEqualTo(FeedState.LIVE);
    }

    @Test
    @Timeout(600)
    void shouldLeaveOptionsAloneWhereTheyAreNotWanted() throws InterruptedException {
        driver.with("options", "false").start();

        driver.run(10 * STEP, STEP, venue::publish);

        assertThat(driver.of(Topics.OPTIONS)).isEmpty();
        assertThat(driver.latest(Topics.PRICES)).hasSameSizeAs(state.markets);
    }

    private void move() {
        venue.happen(state::movePrices);
        venue.publish();
    }

    private FeedStatus lastStatus() {
        List<TaskDriver.Read> all = driver.of(Topics.FEED_STATUS);
        return (FeedStatus) all.get(all.size() - 1).value();
    }
}
