package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.ImpactSource;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.PositionSide;
import io.plimsoll.schemas.avro.Price;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    private static final String V = MonitorFixture.VENUE;
    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @BeforeEach
    void start() {
        monitor.instrument("BTC", 5, 40).price("BTC", 100).cash("a", 50).cross("a", "BTC", 1, 100);
        monitor.settle();
        assertThat(monitor.deadLetters()).isEmpty();
    }

    static Stream<Arguments> badPositions() {
        return Stream.of(
                bad("size", position(NAN, 100, MarginMode.CROSS, null, null, null)),
                bad("size", position(INFINITE, 100, MarginMode.CROSS, null, null, null)),
                bad("size", position(1e16, 100, MarginMode.CROSS, null, null, null)),
                bad("entryPrice", position(1, 0, MarginMode.CROSS, null, null, null)),
                bad("entryPrice", position(1, -5, MarginMode.CROSS, null, null, null)),
                bad("entryPrice", position(1, NAN, MarginMode.CROSS, null, null, null)),
                bad("isolatedMargin", position(1, 100, MarginMode.ISOLATED, null, null, null)),
                bad("isolatedMargin", position(1, 100, MarginMode.CROSS, 5.0, null, null)),
                bad("isolatedMargin", position(1, 100, MarginMode.ISOLATED, NAN, null, null)),
                bad("maxLeverage", position(1, 100, MarginMode.CROSS, null, 0.5, null)),
                bad("venueLiquidationPrice", position(1, 100, MarginMode.CROSS, null, null, -1.0)),
                bad("size", position(1e10, 1e10, MarginMode.CROSS, null, null, null)));
    }

    private static Arguments bad(String field, Position position) {
        return Arguments.of(field, position);
    }

    private static Position position(
            double size,
            double entry,
            MarginMode mode,
            @Nullable Double isolated,
            @Nullable Double maxLeverage,
            @Nullable Double liquidation) {
        return new Position(
                V, "b", "BTC", size, entry, mode, isolated, maxLeverage, liquidation, null, null, null, null, null);
    }

    @ParameterizedTest
    @MethodSource("badPositions")
    void shouldRefuseAPositionThatCannotBe(String field, Position position) {
        monitor.position(position).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, field + " is ");
    }

    static Stream<Arguments> badPrices() {
        return Stream.of(
                Arguments.of("markPrice", new Price(V, "BTC", 0.0, null, null, null, null, 1.0, null, null)),
                Arguments.of("markPrice", new Price(V, "BTC", NAN, null, null, null, null, 1.0, null, null)),
                Arguments.of("indexPrice", new Price(V, "BTC", 100.0, -1.0, null, null, null, 1.0, null, null)),
                Arguments.of("fundingRate", new Price(V, "BTC", 100.0, null, INFINITE, 8.0, null, 1.0, null, null)),
                Arguments.of(
                        "fundingIntervalHours", new Price(V, "BTC", 100.0, null, 0.1, null, null, 1.0, null, null)),
                Arguments.of("fundingIntervalHours", new Price(V, "BTC", 100.0, null, 0.1, 0.0, null, 1.0, null, null)),
                Arguments.of("dayVolume", new Price(V, "BTC", 100.0, null, null, null, null, 1.0, -1.0, null)),
                Arguments.of("insuranceFundUsd", new Price(V, "BTC", 100.0, null, null, null, null, 1.0, null, NAN)),
                Arguments.of("openInterest", new Price(V, "BTC", 100.0, null, null, null, -1.0, 1.0, null, null)),
                Arguments.of("quotePriceUsd", new Price(V, "BTC", 100.0, null, null, null, null, 0.0, null, null)),
                Arguments.of("quotePriceUsd", new Price(V, "BTC", 100.0, null, null, null, null, NAN, null, null)),
                Arguments.of("quotePriceUsd", new Price(V, "BTC", 100.0, null, null, null, null, 1e7, null, null)));
    }

    static Stream<Arguments> badDepths() {
        return Stream.of(
                Arguments.of("midPrice", new Depth(V, "BTC", NAN, List.of(level(0.01, 1, 1)))),
                Arguments.of("levels", new Depth(V, "BTC", 100.0, List.of())),
                Arguments.of("levels.distance", new Depth(V, "BTC", 100.0, List.of(level(0, 1, 1)))),
                Arguments.of("levels.distance", new Depth(V, "BTC", 100.0, List.of(level(1, 1, 1)))),
                Arguments.of(
                        "levels.distance", new Depth(V, "BTC", 100.0, List.of(level(0.02, 1, 1), level(0.01, 2, 2)))),
                Arguments.of("levels.bidQuantity", new Depth(V, "BTC", 100.0, List.of(level(0.01, -1, 1)))),
                Arguments.of(
                        "levels.askQuantity",
                        new Depth(V, "BTC", 100.0, List.of(level(0.01, 1, 2), level(0.02, 1, 1)))),
                Arguments.of("levels.askQuantity", new Depth(V, "BTC", 100.0, List.of(level(0.01, 1, INFINITE)))),
                Arguments.of(
                        "levels.bidAveragePrice",
                        new Depth(V, "BTC", 100.0, List.of(new DepthLevel(0.01, 1.0, 1.0, -5.0, null)))));
    }

    private static DepthLevel level(double distance, double bid, double ask) {
        return new DepthLevel(distance, bid, ask, null, null);
    }

    @ParameterizedTest
    @MethodSource("badDepths")
    void shouldRefuseDepthThatCannotBe(String field, Depth depth) {
        monitor.depth(depth).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, field + " is ");
    }

    @ParameterizedTest
    @MethodSource("badPrices")
    void shouldRefuseAPriceThatCannotBe(String field, Price price) {
        monitor.at(1).price(price).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, field + " is ");
    }

    static Stream<Arguments> badLiquidations() {
        return Stream.of(
                Arguments.of("quantity", liquidation(0, 100, 1, null, "1")),
                Arguments.of("quantity", liquidation(-1, 100, 1, null, "1")),
                Arguments.of("quantity", liquidation(NAN, 100, 1, null, "1")),
                Arguments.of("quantity", liquidation(1e16, 100, 1, null, "1")),
                Arguments.of("price", liquidation(1, 0, 1, null, "1")),
                Arguments.of("price", liquidation(1, INFINITE, 1, null, "1")),
                Arguments.of("quotePriceUsd", liquidation(1, 100, 0, null, "1")),
                Arguments.of("notionalUsd", liquidation(1, 100, 1, -1.0, "1")),
                Arguments.of("notionalUsd", liquidation(1, 100, 1, 1e10, "1")),
                Arguments.of("quantity x price x quotePriceUsd", liquidation(1e9, 100, 1, null, "1")),
                Arguments.of("tradeId", liquidation(1, 100, 1, null, " ")),
                Arguments.of("tradeId", liquidation(1, 100, 1, null, "x".repeat(201))));
    }

    private static Liquidation liquidation(
            double quantity, double price, double quotePriceUsd, @Nullable Double notional, String tradeId) {
        return Liquidation.newBuilder(MonitorFixture.liquidationOf("BTC", PositionSide.LONG, quantity, price, tradeId))
                .setQuotePriceUsd(quotePriceUsd)
                .setNotionalUsd(notional)
                .build();
    }

    @ParameterizedTest
    @MethodSource("badLiquidations")
    void shouldRefuseALiquidationThatCannotBe(String field, Liquidation liquidation) {
        monitor.at(1).liquidation(liquidation).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, field + " is ");
        assertThat(monitor.cascades()).isEmpty();
    }

    @Test
    void shouldRefuseALiquidationUnderAnotherMarketsKey() {
        monitor.at(1)
                .send(Topics.LIQUIDATIONS, V + ":ETH", liquidation(1, 100, 1, null, "1"))
                .settle();

        assertRefused(DeadLetterReason.KEY_MISMATCH, "key is test:ETH, but the value says test:BTC");
    }

    @Test
    void shouldRefuseATombstoneOfLiquidations() {
        monitor.at(1).send(Topics.LIQUIDATIONS, V + ":BTC", null).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, "value is null");
    }

    static Stream<Arguments> badCollateral() {
        return Stream.of(
                Arguments.of("quantity", new Collateral(V, "a", "USDC", NAN, 1.0, 1.0, null, null)),
                Arguments.of("collateralFactor", new Collateral(V, "a", "USDC", 1.0, 1.5, 1.0, null, null)),
                Arguments.of("unitPriceUsd", new Collateral(V, "a", "USDC", 1.0, 1.0, 0.0, null, null)),
                Arguments.of("quantity x unitPriceUsd", new Collateral(V, "a", "USDC", 1e11, 1.0, 1.0, null, null)),
                Arguments.of("venueMarginRatio", new Collateral(V, "a", "USDC", 1.0, 1.0, 1.0, -0.1, null)),
                Arguments.of("venueMarginRatio", new Collateral(V, "a", "USDC", 1.0, 1.0, 1.0, NAN, null)));
    }

    @ParameterizedTest
    @MethodSource("badCollateral")
    void shouldRefuseABalanceThatCannotBe(String field, Collateral balance) {
        monitor.at(1)
                .send(Topics.COLLATERAL, Keys.collateral(V, "a", "USDC"), balance)
                .settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, field + " is ");
    }

    static Stream<Arguments> badInstruments() {
        return Stream.of(
                Arguments.of(
                        "marginTiers is 1 tiers, allowed is none where kind is SPOT",
                        instrumentOf("X").setKind(ContractKind.SPOT)),
                Arguments.of("-1.0", instrumentOf("X").setMarginTiers(tiers(0.01, -1, 0.02))),
                Arguments.of("NaN", instrumentOf("X").setMarginTiers(tiers(0.01, NAN, 0.02))),
                Arguments.of("NaN", instrumentOf("X").setMarginTiers(tiers(0.01, 1000, NAN))),
                Arguments.of("1.5", instrumentOf("X").setMarginTiers(tiers(0.01, 1000, 1.5))),
                Arguments.of("1.2", instrumentOf("X").setMarginTiers(tiers(1.2, 1000, 1.5))),
                Arguments.of("settleDecimals is 13", instrumentOf("X").setSettleDecimals(13)),
                Arguments.of("sizeDecimals is 13", instrumentOf("X").setSizeDecimals(13)),
                Arguments.of("liquidationFeeRate is NaN", instrumentOf("X").setLiquidationFeeRate(NAN)),
                Arguments.of("liquidationFeeRate is -0.1", instrumentOf("X").setLiquidationFeeRate(-0.1)),
                Arguments.of(
                        "maintenanceRatePerUnit is 0.1, allowed is 0 unless there is one margin tier; there are 2",
                        instrumentOf("X").setMaintenanceRatePerUnit(0.1).setMarginTiers(tiers(0.01, 1000, 0.02))));
    }

    private static List<MarginTier> tiers(double rate, double floor, double nextRate) {
        return List.of(new MarginTier(0.0, rate, null, null), new MarginTier(floor, nextRate, null, null));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInstruments")
    void shouldRefuseAnInstrumentThatCannotBe(String detail, Instrument.Builder instrument) {
        monitor.instrument(instrument.build()).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, detail);
    }

    static Stream<Arguments> misplacedPositions() {
        Position.Builder option = Position.newBuilder(cross("OPT"));
        return Stream.of(
                Arguments.of(
                        "delta is null and underlyingPrice 100.0, allowed are numbers where the instrument is an option",
                        option.setUnderlyingPrice(100.0).build()),
                Arguments.of(
                        "delta is 0.5 and underlyingPrice null",
                        Position.newBuilder(cross("OPT")).setDelta(0.5).build()),
                Arguments.of(
                        "delta is 0.5 and underlyingPrice null, allowed are numbers where the instrument is an option",
                        Position.newBuilder(cross("BTC")).setDelta(0.5).build()),
                Arguments.of(
                        "delta is 1.5",
                        Position.newBuilder(cross("OPT")).setDelta(1.5).build()),
                Arguments.of(
                        "gamma is NaN",
                        Position.newBuilder(cross("OPT")).setGamma(NAN).build()),
                Arguments.of(
                        "vega is NaN",
                        Position.newBuilder(cross("OPT")).setVega(NAN).build()),
                Arguments.of(
                        "underlyingPrice is -1.0",
                        Position.newBuilder(cross("OPT"))
                                .setUnderlyingPrice(-1.0)
                                .build()),
                Arguments.of(
                        "venueMarkPrice is 0.0",
                        Position.newBuilder(cross("BTC")).setVenueMarkPrice(0.0).build()),
                Arguments.of("instrument test:USDT is of kind SPOT", cross("USDT")),
                Arguments.of("instrument test:NEW has no margin tiers", cross("NEW")));
    }

    private static Position cross(String symbol) {
        return new Position(
                V, "b", symbol, 1.0, 100.0, MarginMode.CROSS, null, null, null, null, null, null, null, null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misplacedPositions")
    void shouldRefuseAPositionThatDoesNotFitItsInstrument(String detail, Position position) {
        monitor.instrument(instrumentOf("OPT").setKind(ContractKind.OPTION).build());
        monitor.instrument(instrumentOf("NEW").setMarginTiers(List.of()).build());
        monitor.instrument(instrumentOf("USDT")
                        .setKind(ContractKind.SPOT)
                        .setMarginTiers(List.of())
                        .build())
                .settle();

        monitor.position(position).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, detail);
    }

    @Test
    void shouldKnowAMarketWhoseMarginTiersAreNotKnown() {
        monitor.instrument(instrumentOf("NEW").setMarginTiers(List.of()).build())
                .price("NEW", 10)
                .settle();

        assertThat(monitor.deadLetters()).isEmpty();
        assertThat(monitor.markets()).containsKey(Keys.market(V, "NEW"));
    }

    @Test
    void shouldRefuseAKeyThatDisagreesWithItsValue() {
        monitor.send(
                        Topics.POSITIONS,
                        Keys.position(V, "somebody", "BTC"),
                        position(1, 100, MarginMode.CROSS, null, null, null))
                .settle();

        assertRefused(DeadLetterReason.KEY_MISMATCH, "key is test:somebody:BTC, but the value says test:b:BTC");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-colon", "one:colon", ":a:b", "a::b", "a:b:", "a:\u0000:b"})
    void shouldRefuseATombstoneUnderAKeyThatNamesNothing(String key) {
        monitor.sendBytes(Topics.POSITIONS.name(), key.getBytes(StandardCharsets.UTF_8), null)
                .settle();

        assertRefused(DeadLetterReason.UNREADABLE_KEY, "allowed is venue:account:symbol");
    }

    @Test
    void shouldRefuseATombstoneForWhatIsNotKnown() {
        monitor.closed("nobody", "BTC").settle();

        assertRefused(DeadLetterReason.NOTHING_TO_CLOSE, "test:nobody:BTC");
    }

    @Test
    void shouldRefuseATombstoneOfAPrice() {
        monitor.send(Topics.PRICES, Keys.market(V, "BTC"), null).settle();

        assertRefused(DeadLetterReason.INVALID_VALUE, "value is null");
    }

    @Test
    void shouldRefuseBytesThatAreNoRecord() {
        byte[] key = "test:b:BTC".getBytes(StandardCharsets.UTF_8);
        byte[] value = {1, 2, 3};

        monitor.sendBytes(Topics.POSITIONS.name(), key, value).settle();

        DeadLetter letter = assertRefused(DeadLetterReason.UNREADABLE_VALUE, "3 bytes");
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
        assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(value));
        assertThat(letter.getTopic()).isEqualTo("plimsoll.positions");
        assertThat(letter.getOffset()).isEqualTo(1);
    }

    @Test
    void shouldRefuseASchemaThatNobodyRegistered() {
        monitor.sendBytes(Topics.POSITIONS.name(), "test:b:BTC".getBytes(StandardCharsets.UTF_8), new byte[] {
                    0, 0, 0, 99, 99, 1, 2
                })
                .settle();

        assertRefused(DeadLetterReason.UNKNOWN_SCHEMA, "schema id 25443");
    }

    @Test
    void shouldRefuseARecordOfAnotherTopic() {
        byte[] price = monitor.serdes
                .of(Topics.PRICES)
                .serializer()
                .serialize(Topics.PRICES.name(), new Price(V, "BTC", 100.0, null, null, null, null, 1.0, null, null));

        monitor.sendBytes(Topics.POSITIONS.name(), "test:b:BTC".getBytes(StandardCharsets.UTF_8), price)
                .settle();

        assertRefused(DeadLetterReason.WRONG_SCHEMA, "allowed is io.plimsoll.schemas.avro.Position");
    }

    @Test
    void shouldRefuseAMissingKey() {
        monitor.sendBytes(Topics.POSITIONS.name(), null, new byte[] {0}).settle();

        assertRefused(DeadLetterReason.UNREADABLE_KEY, "key is null");
    }

    @Test
    void shouldRefuseAnAccountNameOfAMillionCharacters() {
        String account = "x".repeat(1_000_000);

        monitor.cross(account, "BTC", 1, 100).settle();

        DeadLetter letter = assertRefused(DeadLetterReason.TOO_LONG, "characters, allowed is 512");
        assertThat(letter.getKey().remaining()).isGreaterThan(1_000_000);
        assertThat(letter.getDetail()).hasSizeLessThan(200);
    }

    @Test
    void shouldRefuseATimeBeforeThereWereSuchMarketsOrInTheFuture() {
        monitor.at(-600_000_000).cross("b", "BTC", 1, 100);
        monitor.at(3_600).cross("b", "BTC", 1, 100).settle();

        List<DeadLetter> letters = monitor.deadLetters();
        assertThat(letters)
                .extracting(DeadLetter::getReason)
                .containsExactly(DeadLetterReason.TIMESTAMP_OUT_OF_RANGE, DeadLetterReason.TIMESTAMP_OUT_OF_RANGE);
        assertThat(monitor.market("BTC").getLongSize()).isEqualTo(1);
    }

    @Test
    void shouldReportAPositionWhoseInstrumentDoesNotCome() {
        monitor.cross("a", "NEW", 1, 100).wait(Duration.ofSeconds(4));
        assertThat(monitor.deadLetters()).isEmpty();

        monitor.settle();

        assertRefused(DeadLetterReason.UNKNOWN_INSTRUMENT, "instrument test:NEW is not on plimsoll.instruments");
    }

    @Test
    void shouldReportAPriceWhoseInstrumentDoesNotCome() {
        monitor.at(1).price("NEW", 5).settle().settle();

        assertRefused(DeadLetterReason.UNKNOWN_INSTRUMENT, "instrument test:NEW is not on plimsoll.instruments");
    }

    @Test
    void shouldReportDepthWhoseInstrumentDoesNotCome() {
        monitor.at(1).depth("NEW", 100, 1).wait(Duration.ofSeconds(4));
        assertThat(monitor.deadLetters()).isEmpty();
        monitor.at(2).depth("NEW", 101, 1).settle().settle();

        DeadLetter letter = assertRefused(
                DeadLetterReason.UNKNOWN_INSTRUMENT,
                "instrument test:NEW is not on plimsoll.instruments: the depth is kept, and used from when it is");
        assertThat(letter.getTopic()).isEqualTo(Topics.DEPTH.name());
        assertThat(letter.getOffset()).describedAs("the newest").isEqualTo(1);
    }

    @Test
    void shouldUseDepthFromWhenItsInstrumentComes() {
        monitor.at(1).depth("NEW", 100, 1).price("NEW", 100).settle().settle();
        assertThat(monitor.deadLetters())
                .extracting(DeadLetter::getReason, DeadLetter::getTopic)
                .containsExactlyInAnyOrder(
                        tuple(DeadLetterReason.UNKNOWN_INSTRUMENT, Topics.DEPTH.name()),
                        tuple(DeadLetterReason.UNKNOWN_INSTRUMENT, Topics.PRICES.name()));

        monitor.at(2).instrument("NEW", 2, 10).settle();

        assertThat(Objects.requireNonNull(monitor.cascadeRisk("NEW")).getImpactSource())
                .isEqualTo(ImpactSource.DEPTH);
        assertThat(monitor.deadLetters()).isEmpty();
    }

    @Test
    void shouldGoOnAfterBadInput() {
        monitor.sendBytes(Topics.POSITIONS.name(), new byte[] {(byte) 0xff}, new byte[] {0})
                .settle();

        monitor.cross("b", "BTC", 2, 100).settle();

        assertThat(monitor.market("BTC").getLongSize()).isEqualTo(3);
    }

    private static Instrument.Builder instrumentOf(String symbol) {
        return MonitorFixture.contract(symbol, ContractKind.LINEAR_PERPETUAL, 3);
    }

    /** One dead letter of that reason, and nothing else changed. */
    private DeadLetter assertRefused(DeadLetterReason reason, String detail) {
        List<DeadLetter> letters = monitor.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).getReason()).isEqualTo(reason);
        assertThat(letters.get(0).getDetail()).contains(detail);
        assertThat(monitor.market("BTC").getLongSize()).isEqualTo(1);
        assertThat(monitor.market("BTC").getLongEquityUsd()).isEqualTo(50);
        assertThat(monitor.markets()).containsOnlyKeys("test:BTC");
        return letters.get(0);
    }
}
