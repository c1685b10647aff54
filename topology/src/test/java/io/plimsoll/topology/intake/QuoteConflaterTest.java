package io.plimsoll.topology.intake;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static final String MARKET = "sim:BTC";

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

    @Test
    void shouldForwardAPriceAfterAPauseAtOnce() {
        // given
        MockProcessorContext<String, RoutedRecord> context = context(StreamsConfig.AT_LEAST_ONCE, 100);
        QuoteConflater conflater = new QuoteConflater(Duration.ofMillis(10));
        context.setCurrentSystemTimeMs(1_000);
        conflater.init(context);

        // when
        conflater.process(price(500, 100));

        // then
        assertThat(forwardedQuotes(context)).containsExactly(100.0);
    }

    @Test
    void shouldHoldBackWhatComesWithinThePauseAndForwardTheNewestOfIt() {
        // given
        MockProcessorContext<String, RoutedRecord> context = context(StreamsConfig.AT_LEAST_ONCE, 100);
        QuoteConflater conflater = new QuoteConflater(Duration.ofMillis(10));
        context.setCurrentSystemTimeMs(1_000);
        conflater.init(context);
        conflater.process(price(500, 100));

        // when
        context.setCurrentSystemTimeMs(1_009);
        conflater.process(price(501, 101));
        conflater.process(price(502, 102));

        // then
        assertThat(forwardedQuotes(context)).containsExactly(100.0);

        // when
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_010);
        context.setCurrentSystemTimeMs(1_019);
        conflater.process(price(503, 103));

        // then
        assertThat(forwardedQuotes(context)).containsExactly(100.0, 102.0);

        // when
        context.setCurrentSystemTimeMs(1_020);
        context.scheduledPunctuators().get(0).getPunctuator().punctuate(1_020);
        context.setCurrentSystemTimeMs(1_030);
        conflater.process(price(504, 104));

        // then
        assertThat(forwardedQuotes(context)).containsExactly(100.0, 102.0, 103.0, 104.0);
    }

    private static Record<String, RoutedRecord> price(long timeMs, double mark) {
        Tick tick = Tick.newBuilder()
                .setMarket(MARKET)
                .setEventTimeMs(timeMs)
                .setMarkPrice(mark)
                .setQuotePriceUsd(1)
                .build();
        return new Record<>(
                MARKET, new RoutedRecord(RecordKind.PRICE, MARKET, timeMs, 0, 0L, null, List.of(tick)), timeMs);
    }

    private static List<Double> forwardedQuotes(MockProcessorContext<String, RoutedRecord> context) {
        return context.forwarded().stream()
                .map(forward -> (RoutedRecord) forward.record().value())
                .filter(routed -> routed.getKind() == RecordKind.PRICE)
                .map(routed -> routed.getTicks().get(0).getMarkPrice())
                .toList();
    }

    private long interval(String guarantee, int commitMs, int conflationMs) {
        MockProcessorContext<String, RoutedRecord> context = context(guarantee, commitMs);

        new QuoteConflater(Duration.ofMillis(conflationMs)).init(context);

        return context.scheduledPunctuators().get(0).getInterval().toMillis();
    }

    private MockProcessorContext<String, RoutedRecord> context(String guarantee, int commitMs) {
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
        return context;
    }
}
