package io.plimsoll.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.ReplayMark;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where marks stand between a replay's records. */
class MarkedRecordSinkTest {

    private static final long START_MS = 1_767_225_600_000L;

    private final List<String> written = new ArrayList<>();
    private final RecordSink records = new RecordSink() {
        @Override
        public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
            written.add(key);
        }

        @Override
        public void flush() {
            written.add("flush");
        }

        @Override
        public void close() {
            written.add("close");
        }
    };
    private final MarkedRecordSink sink = new MarkedRecordSink(records, (topic, upToMs, timestampMs) -> {
        if (topic.equals(Topics.PRICES.name()) || topic.equals(Topics.RULES.name())) {
            written.add(
                    topic + " " + (upToMs < START_MS || upToMs == ReplayMark.FOR_EVER ? upToMs : upToMs - START_MS));
        }
    });

    @Test
    void shouldMarkASecondBeforeTheFirstRecordOfALaterOne() {
        write("a", 100);
        write("b", 999);
        write("c", 3_000);
        write("late", 500);
        write("d", 3_400);
        sink.end();

        assertThat(written)
                .containsExactly(
                        "plimsoll.prices -1",
                        "plimsoll.rules " + Long.MAX_VALUE,
                        "a",
                        "b",
                        "plimsoll.prices 2999",
                        "c",
                        "late",
                        "d",
                        "plimsoll.prices 3400",
                        "flush");
    }

    @Test
    void shouldMarkEveryTopicThatAFeedWrites() {
        List<String> marked = new ArrayList<>();
        MarkedRecordSink all = new MarkedRecordSink(records, (topic, upToMs, timestampMs) -> marked.add(topic));

        all.write(Topics.PRICES.name(), "a", START_MS, null);

        assertThat(marked)
                .containsExactlyInAnyOrderElementsOf(Topics.inUse().stream()
                        .filter(topic -> topic.direction() == Topic.Direction.IN)
                        .filter(topic -> topic != Topics.SCENARIOS && topic != Topics.OPTIONS)
                        .map(Topic::name)
                        .toList());
    }

    @Test
    void shouldWriteNothingForAnEmptyReplay() {
        sink.end();
        sink.close();

        assertThat(written).containsExactly("flush", "close");
    }

    private void write(String key, long atMs) {
        sink.write(Topics.PRICES.name(), key, START_MS + atMs, null);
    }
}
