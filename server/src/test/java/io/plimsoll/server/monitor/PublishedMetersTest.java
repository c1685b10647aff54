package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PublishedMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PublishedMeters meters = new PublishedMeters();

    @Test
    void shouldMeasureTheAgeOfWhatIsPublished() {
        meters.bindTo(registry);

        meters.published(Topics.MARKET_STATE.name(), 1_000, new byte[0], 1_040);
        meters.published(Topics.MARKET_STATE.name(), 2_000, new byte[0], 1_990);
        meters.published("plimsoll-partial-books-repartition", 1_000, new byte[0], 9_000);

        var latency = registry.get("plimsoll.end.to.end.latency")
                .tag("topic", Topics.MARKET_STATE.name())
                .timer();
        assertThat(latency.count()).isEqualTo(2);
        assertThat(latency.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(40);
    }

    @Test
    void shouldCountEveryReasonOfDeadLetters() {
        AvroSerdes.trustOwnRecords();
        meters.bindTo(registry);
        try (var serializer = new AvroSerdes(EmbeddedRegistry.inMemory().client())
                .of(Topics.DEAD_LETTERS)
                .serializer()) {
            for (DeadLetterReason reason : DeadLetterReason.values()) {
                DeadLetter letter = new DeadLetter(reason, "why", "topic", 0, 1L, 2L, null, null);
                meters.published(
                        Topics.DEAD_LETTERS.name(), 0, serializer.serialize(Topics.DEAD_LETTERS.name(), letter), 1);

                assertThat(registry.get("plimsoll.dead.letters")
                                .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                                .counter()
                                .count())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void shouldLetRecordsThroughUnchanged() {
        meters.bindTo(registry);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.SYSTEM_STATE.name(), 0, 1L, new byte[] {1}, new byte[] {2});
        try (PublishedRecords interceptor = new PublishedRecords()) {
            assertThat(interceptor.onSend(record)).isSameAs(record);
            interceptor.configure(Map.of(PublishedRecords.METERS, meters));
            assertThat(interceptor.onSend(record)).isSameAs(record);
        }

        assertThat(registry.get("plimsoll.end.to.end.latency")
                        .tag("topic", Topics.SYSTEM_STATE.name())
                        .timer()
                        .count())
                .isEqualTo(1);
    }
}
