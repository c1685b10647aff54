package io.plimsoll.server.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The newest records that could not be used. */
class UnusedRecordsTest {

    @Test
    void shouldKeepTheNewestWhateverPartitionTheyComeFrom() {
        UnusedRecords records = new UnusedRecords();
        for (int i = 0; i < UnusedRecords.MOST; i++) {
            records.take(UnusedRecord.of(0, i, 5_000 + i, letter("k", "v")));
        }

        records.take(UnusedRecord.of(1, 0, 4_000, letter("old", "v")));
        records.take(UnusedRecord.of(1, 1, 9_000, letter("new", "v")));

        assertThat(records.newest())
                .hasSize(UnusedRecords.MOST)
                .extracting(UnusedRecord::id)
                .contains("1-1")
                .doesNotContain("1-0", "0-0");
    }

    @Test
    void shouldTellWithoutTheValueAndWithoutVeryLongTexts() {
        UnusedRecord record = UnusedRecord.of(2, 7, 9_000, letter("x".repeat(10_000), "value"));
        UnusedRecord tombstone = UnusedRecord.of(2, 8, 9_000, letter(null, null));

        assertThat(record.id()).isEqualTo("2-7");
        assertThat(record.key()).hasSize(503).endsWith("...");
        assertThat(record.valueBytes()).isEqualTo(5);
        assertThat(record.topic()).isEqualTo("plimsoll.prices");
        assertThat(tombstone.key()).isNull();
        assertThat(tombstone.valueBytes()).isNull();
    }

    private static DeadLetter letter(@Nullable String key, @Nullable String value) {
        return new DeadLetter(
                DeadLetterReason.INVALID_VALUE,
                "markPrice is -1, allowed is above 0",
                "plimsoll.prices",
                3,
                12L,
                8_000L,
                bytes(key),
                bytes(value));
    }

    private static @Nullable ByteBuffer bytes(@Nullable String text) {
        return text == null ? null : ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
