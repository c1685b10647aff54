package io.plimsoll.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.MarginModel;
import io.plimsoll.schemas.avro.MarginTier;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import io.plimsoll.schemas.avro.TriggerPrice;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.avro.WatchedPrice;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which prices are said to stand still or to be impossible, and what of it is known after a restart. */
class PriceWatchTest {

    private static final String BTC = "v:BTC";
    private static final String ETH = "v:ETH";
    private static final long START_MS = 1_767_225_600_000L;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final KeyValueStore<String, WatchedPrice> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(PriceWatch.STORE),
                    Serdes.String(),
                    InternalSerdes.of(WatchedPrice.class))
            .withLoggingDisabled()
            .build();

    private MockProcessorContext<String, FeedReport> context = new MockProcessorContext<>();
    private PriceWatch watch = new PriceWatch(new AvroDeserializer<>(registry, Instrument.class));

    @BeforeEach
    void start() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        watch.init(context);
        instrument(BTC, ContractKind.LINEAR_PERPETUAL);
        instrument(ETH, ContractKind.INVERSE_FUTURE);
    }

    @Test
    void shouldCallAMarkFrozenThatIsReportedUnchangedForTenMinutes() {
        price(0, BTC, 100, null);
        price(0, ETH, 10, null);
        price(599, BTC, 100, null);
        price(599, ETH, 10, null);
        assertThat(told()).containsExactly(0, 0);

        price(600, BTC, 100, null);
        price(600, ETH, 10.01, null);
        assertThat(told()).containsExactly(1, 0);

        price(601, BTC, 100.01, null);
        assertThat(told()).containsExactly(0, 0);
    }

    @Test
    void shouldCallAnIndexFrozenOnlyWhereTheMarkHasMoved() {
        price(0, BTC, 100, 100.0);
        price(300, BTC, 100.2, 100.0);
        price(700, BTC, 100.4, 100.0);
        assertThat(told()).containsExactly(0, 0);

        price(701, BTC, 100.6, 100.0);
        assertThat(told()).containsExactly(1, 0);

        price(702, BTC, 100.6, 100.5);
        assertThat(told()).containsExactly(0, 0);
    }

    @Test
    void shouldNotMissAnIndexThatIsNotReported() {
        price(0, BTC, 100, 100.0);
        price(300, BTC, 101, null);
        price(700, BTC, 102, null);

        assertThat(told()).containsExactly(0, 0);
    }

    @Test
    void shouldCallAMarkCrossedThatIsMoreThanTwiceOrLessThanHalfItsIndex() {
        price(0, BTC, 200, 100.0);
        price(0, ETH, 50, 100.0);
        assertThat(told()).containsExactly(0, 0);

        price(1, BTC, 200.1, 100.0);
        price(1, ETH, 49.9, 100.0);
        assertThat(told()).containsExactly(0, 2);
    }

    @ParameterizedTest
    @EnumSource(
            value = ContractKind.class,
            names = {"OPTION", "SPOT"})
    void shouldNotLookAtOptionsAndCoins(ContractKind kind) {
        instrument("v:USDC", kind);
        price(0, "v:USDC", 1, 60_000.0);
        price(1_000, "v:USDC", 1, 60_000.0);
        assertThat(reports()).isEmpty();

        price(1_000, BTC, 1, 60_000.0);
        instrument(BTC, kind);
        price(1_001, BTC, 1, 60_000.0);
        assertThat(reports()).hasSize(1);
        assertThat(store.get(BTC)).isNull();
    }

    @Test
    void shouldNotLookAtWhatHasNoInstrument() {
        price(0, "v:NEW", 1, 60_000.0);

        assertThat(reports()).isEmpty();
    }

    @Test
    void shouldNotTakeWhatIsOlder() {
        price(0, BTC, 100, null);
        price(700, BTC, 100, null);
        price(400, BTC, 101, null);

        assertThat(told()).containsExactly(1, 0);
    }

    @Test
    void shouldGoOnAfterARestart() {
        price(0, BTC, 100, null);
        price(90, BTC, 100, null);
        price(0, ETH, 10, 60.0);
        restart();

        price(599, BTC, 100, null);
        assertThat(told()).containsExactly(0, 1);
        price(600, BTC, 100, null);
        assertThat(told()).containsExactly(1, 1);
        restart();

        price(601, ETH, 10.1, 61.0);
        assertThat(told())
                .describedAs("a market that has not been read again is as it was")
                .containsExactly(1, 1);
    }

    @Test
    void shouldWriteTheStoreOnlyWhereSomethingBeginsOrEnds() {
        for (int second = 0; second < 50; second++) {
            price(second, BTC, 100 + second, null);
        }
        assertThat(store.get(BTC).getMarkPrice()).isZero();

        price(50, BTC, 200, null);
        price(110, BTC, 200, null);
        assertThat(store.get(BTC).getMarkPrice()).isEqualTo(200);
        price(200, BTC, 200, null);
        assertThat(store.get(BTC).getTimeMs()).isEqualTo(START_MS + 110_000);

        price(201, BTC, 201, null);
        assertThat(store.get(BTC).getMarkPrice()).isZero();
    }

    @Test
    void shouldBeAFeedOfThatVenueWithASlotOfItsOwn() {
        price(5, BTC, 100, null);
        price(7, "w:BTC", 100, null);

        assertThat(reports())
                .extracting(FeedReport::getFeed, FeedReport::getPartition, FeedReport::getNewestEventMs)
                .containsExactly(tuple("prices:v", -1, START_MS + 5_000));
    }

    private void restart() {
        context = new MockProcessorContext<>();
        context.addStateStore(store);
        watch = new PriceWatch(new AvroDeserializer<>(registry, Instrument.class));
        watch.init(context);
    }

    private void instrument(String market, ContractKind kind) {
        Instrument instrument = new Instrument(
                "v",
                market.substring(2),
                kind,
                "X",
                "USD",
                "USD",
                1.0,
                3,
                kind == ContractKind.SPOT ? List.of() : List.of(new MarginTier(0.0, 0.01, null, 50.0)),
                null,
                TriggerPrice.MARK,
                OpenInterestUnit.BASE,
                OpenInterestSides.SINGLE,
                0.0001,
                0.0005,
                MarginModel.GENERIC,
                0.0,
                0.0,
                8,
                false);
        byte[] bytes = serdes.of(Topics.INSTRUMENTS).serializer().serialize(Topics.INSTRUMENTS.name(), instrument);
        process(new RoutedRecord(RecordKind.INSTRUMENT, market, START_MS, 0, 0L, ByteBuffer.wrap(bytes), List.of()));
    }

    private void price(int second, String market, double mark, @Nullable Double index) {
        long timeMs = START_MS + second * 1_000L;
        context.setCurrentSystemTimeMs(timeMs);
        Tick tick = new Tick(market, timeMs, mark, index, 1.0, false, null, null, null, null);
        process(new RoutedRecord(RecordKind.PRICE, market, timeMs, 0, 0L, null, List.of(tick)));
    }

    private void process(RoutedRecord routed) {
        watch.process(new Record<>(routed.getKey(), routed, routed.getEventTimeMs()));
    }

    /** Frozen and crossed markets, as they were told last. */
    private List<Integer> told() {
        List<FeedReport> reports = reports();
        FeedReport last = reports.get(reports.size() - 1);
        return List.of(last.getFrozenMarkets(), last.getCrossedMarkets());
    }

    private List<FeedReport> reports() {
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(START_MS);
        return context.forwarded().stream()
                .map(forward -> (FeedReport) forward.record().value())
                .toList();
    }
}
