package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.topology.Beat;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class BeatCommitsTest {

    private final BeatCommits commits = new BeatCommits();

    @Test
    void shouldCommitOnTheBeatWhatHasComeSinceTheLast() {
        MockProcessorContext<String, Alert> context = context(StreamsConfig.EXACTLY_ONCE_V2);
        CapturedPunctuator beat = context.scheduledPunctuators().get(0);
        assertThat(beat.getInterval()).isEqualTo(Duration.ofMillis(50));
        assertThat(beat.getStartTime()).isEqualTo(Beat.START);

        beat.getPunctuator().punctuate(50);
        assertThat(context.committed()).isFalse();

        commits.process(new Record<>("rule|test:BTC", null, 1_000));
        commits.process(new Record<>("rule|test:ETH", null, 1_000));
        assertThat(context.forwarded()).hasSize(2);
        assertThat(context.committed()).isFalse();

        beat.getPunctuator().punctuate(100);
        assertThat(context.committed()).isTrue();

        context.resetCommit();
        beat.getPunctuator().punctuate(150);
        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldLeaveCommitsToTheirIntervalWhereReadersNeedNotWaitForThem() {
        MockProcessorContext<String, Alert> context = context(StreamsConfig.AT_LEAST_ONCE);

        commits.process(new Record<>("rule|test:BTC", null, 1_000));

        assertThat(context.forwarded()).hasSize(1);
        assertThat(context.scheduledPunctuators()).isEmpty();
        assertThat(context.committed()).isFalse();
    }

    @Test
    void shouldHaveABeatWhereCommitsComeAllTheTime() {
        MockProcessorContext<String, Alert> context = context(StreamsConfig.EXACTLY_ONCE_V2, "0");

        assertThat(context.scheduledPunctuators().get(0).getInterval()).isEqualTo(Duration.ofMillis(1));
    }

    private MockProcessorContext<String, Alert> context(String guarantee) {
        return context(guarantee, "100");
    }

    private MockProcessorContext<String, Alert> context(String guarantee, String commitIntervalMs) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitIntervalMs);
        MockProcessorContext<String, Alert> context = new MockProcessorContext<>(config);
        commits.init(context);
        return context;
    }
}
