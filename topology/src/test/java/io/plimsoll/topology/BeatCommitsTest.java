package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

/** As all processors of the monitor have it: by way of {@link EachLifeAnew}. */
class BeatCommitsTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final EachLifeAnew wrapper = new EachLifeAnew(new BeatCommits(nanos::get));
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
    void shouldWorkForHalfAsLongAsTheLastCommitTookBeforeTheNext() {
        MockProcessorContext<String, String> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        begin(context);
        CapturedPunctuator beat = onlyBeat(context);
        first.process(new Record<>("k", "v", 1_000));
        beat.getPunctuator().punctuate(50);
        assertThat(context.committed()).isTrue();

        // given a commit that took longer than the pause between two beats
        context.resetCommit();
        pass(170);
        first.process(new Record<>("k", "v", 1_000));

        // when the next beats come
        pass(30);
        beat.getPunctuator().punctuate(250);
        pass(50);
        beat.getPunctuator().punctuate(300);

        // then the thread goes on with its work, and commits when it had 85 ms for that
        assertThat(context.committed()).isFalse();
        pass(50);
        beat.getPunctuator().punctuate(350);
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldNotTakeATimeWithoutRecordsForACommit() {
        MockProcessorContext<String, String> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        begin(context);
        CapturedPunctuator beat = onlyBeat(context);
        first.process(new Record<>("k", "v", 1_000));
        beat.getPunctuator().punctuate(50);
        context.resetCommit();

        // given a thread that is back from its commit, and has nothing to do
        pass(10);
        beat.getPunctuator().punctuate(100);
        pass(500);

        // when a record comes
        first.process(new Record<>("k", "v", 1_000));
        beat.getPunctuator().punctuate(600);

        // then it does not wait
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldNotTakeWhatAClockPassesOnForTheEndOfACommit() {
        MockProcessorContext<String, String> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        begin(context);
        CapturedPunctuator beat = onlyBeat(context);
        first.process(new Record<>("k", "v", 1_000));
        beat.getPunctuator().punctuate(50);
        context.resetCommit();

        // given a clock of another processor, due with the beat, before the commit
        context.setRecordMetadata(null, -1, -1);
        second.process(new Record<>("k", "of a clock", 1_000));
        pass(70);
        context.setRecordMetadata("topic", 0, 1);
        first.process(new Record<>("k", "v", 1_000));

        // when the next beat comes soon after the commit
        pass(30);
        beat.getPunctuator().punctuate(150);

        // then it is passed over
        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldCountACommitForAllTasksOfAThread() {
        MockProcessorContext<String, String> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        MockProcessorContext<String, String> other = context(StreamsConfig.EXACTLY_ONCE_V2, new TaskId(1, 0));
        first.init(context);
        second.init(other);
        first.process(new Record<>("k", "v", 1_000));
        second.process(new Record<>("k", "v", 1_000));

        // given a beat of both, one right after the other
        onlyBeat(context).getPunctuator().punctuate(50);
        onlyBeat(other).getPunctuator().punctuate(50);
        assertThat(context.committed()).isTrue();
        assertThat(other.committed()).isTrue();

        // when the commit of both has taken long, and one has a record
        other.resetCommit();
        pass(70);
        second.process(new Record<>("k", "v", 1_000));
        onlyBeat(context).getPunctuator().punctuate(150);
        onlyBeat(other).getPunctuator().punctuate(150);

        // then it has its time for it
        assertThat(other.committed()).isFalse();
        pass(70);
        onlyBeat(context).getPunctuator().punctuate(200);
        onlyBeat(other).getPunctuator().punctuate(200);
        assertThat(other.committed()).isTrue();
    }

    /** Of the clock, which may go over from its greatest number to its least. */
    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
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
        return context(guarantee, new TaskId(0, 0));
    }

    private static MockProcessorContext<String, String> context(String guarantee, TaskId task) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        MockProcessorContext<String, String> context = new MockProcessorContext<>(config, task, null);
        context.setRecordMetadata("topic", 0, 0);
        return context;
    }
}
