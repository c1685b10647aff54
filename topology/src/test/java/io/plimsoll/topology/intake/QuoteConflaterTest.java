package io.plimsoll.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.topology.Beat;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteConflaterTest {

    @TempDir
    Path dir;

    @Test
    void shouldLetPricesGoAtItsIntervalWhereReadersDoNotWaitForCommits() {
        assertThat(interval(StreamsConfig.AT_LEAST_ONCE, 10)).isEqualTo(10);
    }

    @Test
    void shouldLetPricesGoOnTheBeatWhereReadersWaitForCommits() {
        assertThat(interval(StreamsConfig.EXACTLY_ONCE_V2, 10)).isEqualTo(50);
        assertThat(interval(StreamsConfig.EXACTLY_ONCE_V2, 100)).isEqualTo(100);
    }

    @Test
    void shouldLetGoOnceWhatHasComeSince() {
        // given
        MockProcessorContext<String, RoutedRecord> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        QuoteConflater conflater = conflater(context, 10);
        assertThat(context.scheduledPunctuators().get(0).getStartTime()).isEqualTo(Beat.START);

        // when
        conflater.process(price());
        assertThat(context.forwarded()).isEmpty();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(50);
        int first = context.forwarded().size();
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(100);

        // then
        assertThat(first).isPositive();
        assertThat(context.forwarded()).hasSize(first);
    }

    private static Record<String, RoutedRecord> price() {
        Tick tick = new Tick("okx:BTC", 1_000L, 100.0, 100.0, 1.0, false, null, null, null, null);
        return new Record<>(
                "okx:BTC", new RoutedRecord(RecordKind.PRICE, "okx:BTC", 1_000L, 0, 0L, null, List.of(tick)), 1_000L);
    }

    private long interval(String guarantee, int conflationMs) {
        MockProcessorContext<String, RoutedRecord> context = context(guarantee);
        conflater(context, conflationMs);
        return context.scheduledPunctuators().get(0).getInterval().toMillis();
    }

    private static QuoteConflater conflater(MockProcessorContext<String, RoutedRecord> context, int conflationMs) {
        QuoteConflater conflater = new QuoteConflater(Duration.ofMillis(conflationMs));
        conflater.init(context);
        return conflater;
    }

    private MockProcessorContext<String, RoutedRecord> context(String guarantee) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        MockProcessorContext<String, RoutedRecord> context =
                new MockProcessorContext<>(config, new TaskId(0, 0), dir.toFile());
        KeyValueStore<String, RoutedRecord> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(QuoteConflater.STORE),
                        Serdes.String(),
                        InternalSerdes.of(RoutedRecord.class))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return context;
    }
}
