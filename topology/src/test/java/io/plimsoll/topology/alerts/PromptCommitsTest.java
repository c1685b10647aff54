package io.plimsoll.topology.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromptCommitsTest {

    private static final String EXACTLY_ONCE = StreamsConfig.EXACTLY_ONCE_V2;
    /** Far from the time of other tests on this thread. */
    private static final long NOW_MS = 4_000_000_000_000L;

    private final PromptCommits commits = new PromptCommits();

    @Test
    void shouldAskForACommitWhenAnAlertFires() {
        MockProcessorContext<String, Alert> context = context(EXACTLY_ONCE, NOW_MS);

        commits.process(record(alert(AlertStatus.FIRING)));

        assertThat(context.committed()).isTrue();
        assertThat(context.forwarded()).hasSize(1);
    }

    @Test
    void shouldPassOnTheRestWithoutAskingForACommit() {
        MockProcessorContext<String, Alert> context = context(EXACTLY_ONCE, NOW_MS + 1_000_000);

        commits.process(record(alert(AlertStatus.PENDING)));
        commits.process(record(alert(AlertStatus.RESOLVED)));
        commits.process(record(null));

        assertThat(context.committed()).isFalse();
        assertThat(context.forwarded()).hasSize(3);
    }

    @Test
    void shouldAskOnceInAPause() {
        MockProcessorContext<String, Alert> context = context(EXACTLY_ONCE, NOW_MS + 2_000_000);
        commits.process(record(alert(AlertStatus.FIRING)));
        context.resetCommit();

        commits.process(record(alert(AlertStatus.FIRING)));
        assertThat(context.committed()).isFalse();

        context.setCurrentSystemTimeMs(NOW_MS + 2_000_000 + PromptCommits.PAUSE.toMillis());
        commits.process(record(alert(AlertStatus.FIRING)));
        assertThat(context.committed()).isTrue();
    }

    @Test
    void shouldLeaveCommitsToTheirIntervalWhereReadersNeedNotWaitForThem() {
        MockProcessorContext<String, Alert> context = context(StreamsConfig.AT_LEAST_ONCE, NOW_MS + 3_000_000);

        commits.process(record(alert(AlertStatus.FIRING)));

        assertThat(context.committed()).isFalse();
    }

    private MockProcessorContext<String, Alert> context(String guarantee, long nowMs) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        MockProcessorContext<String, Alert> context = new MockProcessorContext<>(config);
        context.setCurrentSystemTimeMs(nowMs);
        commits.init(context);
        return context;
    }

    private static Record<String, Alert> record(@Nullable Alert alert) {
        return new Record<>("rule|test:BTC", alert, 1_000);
    }

    private static Alert alert(AlertStatus status) {
        return Alert.newBuilder()
                .setId("0123456789abcdef")
                .setRuleId("rule")
                .setKind(SubjectKind.MARKET)
                .setSubject("test:BTC")
                .setStatus(status)
                .setSeverity(Severity.CRITICAL)
                .setSequence(0)
                .setSinceMs(1_000)
                .setAsOfMs(1_000)
                .setStalenessMs(0)
                .setReadings(List.of())
                .setLabels(Map.of())
                .setSentence("A test.")
                .build();
    }
}
