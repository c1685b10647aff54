package io.plimsoll.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.topology.ImpactSettings;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.KnownDepth;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.depth.BelievedDepth;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which reports go on to the slices, and what is known after a restart. */
class DepthConflaterTest {

    private static final String MARKET = "v:BTC";
    private static final long START_MS = 1_767_225_600_000L;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final AvroDeserializer<Depth> reader = new AvroDeserializer<>(registry, Depth.class);
    private final KeyValueStore<String, KnownDepth> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(DepthConflater.STORE),
                    Serdes.String(),
                    InternalSerdes.of(KnownDepth.class))
            .withLoggingDisabled()
            .build();

    private MockProcessorContext<String, SpecificRecord> context = new MockProcessorContext<>();
    private DepthConflater conflater = new DepthConflater(reader, ImpactSettings.DEFAULT);

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(START_MS);
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        conflater.init(context);
    }

    @Test
    void shouldForwardOnceInFiveSecondsOfEventTime() {
        for (int second = 0; second <= 12; second++) {
            report(second, 100, second + 1);
        }

        assertThat(forwardedSeconds()).containsExactly(0L, 5L, 10L);
    }

    @Test
    void shouldForwardTheLastWithinFiveSecondsOfWallClockTime() {
        report(0, 100, 1);
        report(1, 100, 2);
        report(2, 100, 3);

        wallClock(4_999);
        assertThat(forwardedSeconds()).containsExactly(0L);
        wallClock(5_000);
        wallClock(20_000);
        assertThat(forwardedSeconds()).containsExactly(0L, 2L);
    }

    @Test
    void shouldNotTakeWhatIsOlder() {
        report(10, 100, 1);
        report(3, 100, 2);

        wallClock(20_000);

        assertThat(forwardedSeconds()).containsExactly(10L);
        assertThat(store.get(MARKET).getEventTimeMs()).isEqualTo(START_MS + 10_000);
    }

    @Test
    void shouldForwardWhatWasHeldBackAfterARestart() {
        report(0, 100, 1);
        report(1, 100, 2);
        restart();

        wallClock(1_000);

        assertThat(forwardedSeconds()).containsExactly(1L);
    }

    @Test
    void shouldStillKnowAfterARestartSinceWhenBandsStandStill() {
        for (int second = 0; second <= 40; second++) {
            report(second, 100, 7);
        }
        restart();
        for (int second = 41; second <= 60; second++) {
            report(second, 99, 7);
        }
        wallClock(20_000);

        KnownDepth known = forwarded().get(forwarded().size() - 1);
        BelievedDepth depth = BelievedDepth.of(known, reader, ImpactSettings.DEFAULT.depthLimits());
        assertThat(depth.history()
                        .usable(known.getEventTimeMs(), ImpactSettings.DEFAULT.depthLimits())
                        .state())
                .describedAs("the same for a minute while the price fell by 1 %")
                .isEqualTo(DepthState.FROZEN);
        assertThat(known.getLastGoodTimeMs())
                .describedAs("also if that report was not forwarded")
                .isEqualTo(START_MS + 59_000);
    }

    private void restart() {
        context = new MockProcessorContext<>();
        context.setCurrentSystemTimeMs(START_MS);
        context.addStateStore(store);
        conflater = new DepthConflater(reader, ImpactSettings.DEFAULT);
        conflater.init(context);
    }

    private void report(int second, double mid, double quantity) {
        Depth depth = new Depth("v", "BTC", mid, List.of(new DepthLevel(0.01, quantity, quantity, null, null)));
        byte[] bytes = serdes.of(Topics.DEPTH).serializer().serialize(Topics.DEPTH.name(), depth);
        long timeMs = START_MS + 1_000L * second;
        conflater.process(new Record<>(
                MARKET,
                new RoutedRecord(RecordKind.DEPTH, MARKET, timeMs, 0, 0L, ByteBuffer.wrap(bytes), List.of()),
                timeMs));
    }

    private void wallClock(long sinceStartMs) {
        context.setCurrentSystemTimeMs(START_MS + sinceStartMs);
        context.scheduledPunctuators().forEach(each -> each.getPunctuator().punctuate(START_MS + sinceStartMs));
    }

    private List<Long> forwardedSeconds() {
        return forwarded().stream()
                .map(known -> (known.getEventTimeMs() - START_MS) / 1_000)
                .toList();
    }

    private List<KnownDepth> forwarded() {
        List<KnownDepth> all = new ArrayList<>();
        context.forwarded().forEach(each -> {
            if (each.record().value() instanceof RoutedRecord routed) {
                assertThat(routed.getKind()).isEqualTo(RecordKind.KNOWN_DEPTH);
                all.add(InternalSerdes.of(KnownDepth.class)
                        .deserializer()
                        .deserialize("", routed.getValue().array()));
            }
        });
        return all;
    }
}
