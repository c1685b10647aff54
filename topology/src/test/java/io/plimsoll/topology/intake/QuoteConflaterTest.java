package io.plimsoll.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.avro.RoutedRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuoteConflaterTest {

    @TempDir
    Path dir;

    @Test
    void shouldForwardAtItsIntervalWhereReadersDoNotWaitForCommits() {
        assertThat(interval(StreamsConfig.AT_LEAST_ONCE, 100, 10)).isEqualTo(10);
    }

    @Test
    void shouldForwardNoMoreThanTwiceBetweenTwoCommitsThatReadersWaitFor() {
        assertThat(interval(StreamsConfig.EXACTLY_ONCE_V2, 50, 10)).isEqualTo(25);
        assertThat(interval(StreamsConfig.EXACTLY_ONCE_V2, 50, 40)).isEqualTo(40);
    }

    private long interval(String guarantee, int commitMs, int conflationMs) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
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

        new QuoteConflater(Duration.ofMillis(conflationMs)).init(context);

        return context.scheduledPunctuators().get(0).getInterval().toMillis();
    }
}
