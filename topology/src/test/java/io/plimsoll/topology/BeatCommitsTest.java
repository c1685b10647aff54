package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** As all processors of the monitor have it: by way of {@link EachLifeAnew}. */
class BeatCommitsTest {

    private final EachLifeAnew wrapper = new EachLifeAnew();
    private final Processor<String, String, String, String> first = processor("first");
    private final Processor<String, String, String, String> second = processor("second");

    @Test
    void shouldCommitOnTheBeatWhatHasComeSinceTheLast() {
        MockProcessorContext<String, String> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        begin(context);
        CapturedPunctuator beat = onlyBeat(context);

        beat.getPunctuator().punctuate(50);
        assertThat(context.committed()).isFalse();

        first.process(new Record<>("k", "v", 1_000));
        second.process(new Record<>("k", "v", 1_000));
        assertThat(context.forwarded()).hasSize(2);
        assertThat(context.committed()).isFalse();

        beat.getPunctuator().punctuate(100);
        assertThat(context.committed()).isTrue();

        context.resetCommit();
        beat.getPunctuator().punctuate(150);
        assertThat(context.committed()).isFalse();

        second.process(new Record<>("k", "v", 1_000));
        beat.getPunctuator().punctuate(200);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldGoOnInTheNextLifeOfATask() {
        begin(context(StreamsConfig.EXACTLY_ONCE_V2));
        first.process(new Record<>("k", "lost with its transaction", 1_000));
        first.close();
        second.close();

        MockProcessorContext<String, String> next = context(StreamsConfig.EXACTLY_ONCE_V2);
        begin(next);
        CapturedPunctuator beat = onlyBeat(next);
        beat.getPunctuator().punctuate(50);
        assertThat(next.committed()).isFalse();

        first.process(new Record<>("k", "again", 1_000));
        beat.getPunctuator().punctuate(100);
        assertThat(next.committed()).isTrue();
    }

    @Test
    void shouldLeaveCommitsToTheirIntervalWhereReadersNeedNotWaitForThem() {
        MockProcessorContext<String, String> context = context(StreamsConfig.AT_LEAST_ONCE);
        begin(context);

        first.process(new Record<>("k", "v", 1_000));

        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.scheduledPunctuators()).isEmpty();
        assertThat(context.committed()).isFalse();
    }

    private void begin(MockProcessorContext<String, String> context) {
        first.init(context);
        second.init(context);
    }

    private static CapturedPunctuator onlyBeat(MockProcessorContext<String, String> context) {
        assertThat(context.scheduledPunctuators()).hasSize(1);
        CapturedPunctuator beat = context.scheduledPunctuators().get(0);
        assertThat(beat.getType()).isEqualTo(PunctuationType.WALL_CLOCK_TIME);
        assertThat(beat.getInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(beat.getStartTime()).isEqualTo(Beat.START);
        return beat;
    }

    private Processor<String, String, String, String> processor(String name) {
        return wrapper.<String, String, String, String>wrapProcessorSupplier(name, Forwarding::new)
                .get();
    }

    private static final class Forwarding extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            context().forward(record);
        }
    }

    private static MockProcessorContext<String, String> context(String guarantee) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        return new MockProcessorContext<>(config);
    }
}
