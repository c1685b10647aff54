package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.server.it.BadRecords.Bad;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad record in the middle of good ones: reported byte for byte, and without any other effect. */
class BadInputIT {

    @Test
    void shouldReportEveryKindOfBadRecordAndGoOn(@TempDir Path dir) throws Exception {
        long seed = Seeds.printed("BadInputIT", 20_260_903);
        List<LogRecord> log = new RandomMarkets(seed).log(4, 20, 800);
        Instrument known = (Instrument) log.stream()
                .map(LogRecord::value)
                .filter(value -> value instanceof Instrument listed
                        && listed.getKind() != ContractKind.SPOT
                        && listed.getKind() != ContractKind.OPTION)
                .findFirst()
                .orElseThrow();
        Oracle oracle = new Oracle();
        try (Scene scene = new Scene(dir, 2, Map.of("PLIMSOLL_MONITOR_UNKNOWN_INSTRUMENT_GRACE", "1s"))) {
            scene.letInputTopicsTakeAnything();
            scene.startMonitor("only", 1);
            scene.feed(log.subList(0, 400), oracle);
            scene.awaitEqual(oracle, "before anything bad, seed " + seed);
            long timestampMs = log.get(0).timestampMs();
            List<Bad> bad = new ArrayList<>(new BadRecords(scene.serdes(), scene.registry(), known, timestampMs).all());
            bad.addAll(new BadEvents(scene.serdes(), known, timestampMs).all());

            Map<String, Bad> sent = new LinkedHashMap<>();
            for (Bad each : bad) {
                RecordMetadata place = scene.sendBytes(each.topic(), each.key(), each.timestampMs(), each.value())
                        .get();
                sent.put(place(place.topic(), place.partition(), place.offset()), each);
            }
            scene.feed(log.subList(400, 800), oracle);

            scene.await("a dead letter for each bad record, seed " + seed)
                    .untilAsserted(
                            () -> assertThat(missing(sent, letters(scene))).isEmpty());
            Map<String, List<DeadLetter>> letters = letters(scene);
            sent.forEach((place, each) -> {
                assertThat(letters.get(place)).describedAs(each.name()).hasSize(1);
                assertSame(each, letters.get(place).get(0));
            });
            // The random log has positions in an instrument that never comes, and closes of what is not known yet.
            letters.keySet().removeAll(sent.keySet());
            assertThat(letters.values())
                    .allSatisfy(others -> assertThat(others)
                            .extracting(DeadLetter::getReason)
                            .containsAnyOf(DeadLetterReason.UNKNOWN_INSTRUMENT, DeadLetterReason.NOTHING_TO_CLOSE));
            scene.awaitEqual(oracle, "good records only, seed " + seed);
        }
    }

    private static void assertSame(Bad bad, DeadLetter letter) {
        assertThat(letter.getReason()).describedAs(bad.name()).isEqualTo(bad.reason());
        assertThat(letter.getDetail()).describedAs(bad.name()).isNotBlank().hasSizeLessThan(1_000);
        assertThat(letter.getTimestampMs()).describedAs(bad.name()).isEqualTo(bad.timestampMs());
        assertThat(bytes(letter.getKey())).describedAs("key of " + bad.name()).isEqualTo(bad.key());
        assertThat(bytes(letter.getValue()))
                .describedAs("value of " + bad.name())
                .isEqualTo(bad.value());
    }

    private static Map<String, List<DeadLetter>> letters(Scene scene) {
        return scene.deadLetters().all().stream()
                .map(record -> record.value())
                .collect(Collectors.groupingBy(
                        letter -> place(letter.getTopic(), letter.getPartition(), letter.getOffset()),
                        HashMap::new,
                        Collectors.toList()));
    }

    private static List<String> missing(Map<String, Bad> sent, Map<String, List<DeadLetter>> letters) {
        return sent.entrySet().stream()
                .filter(entry -> !letters.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().name() + " at " + entry.getKey())
                .toList();
    }

    private static String place(String topic, int partition, long offset) {
        return topic + "-" + partition + "@" + offset;
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
