package io.plimsoll.server.feeds;

import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be used, without its value.
 *
 * @param id place on the topic of dead letters, partition-offset
 * @param writtenMs when it was put there, epoch milliseconds
 * @param reason why, as a class
 * @param detail why, in one sentence; cut where it is very long
 * @param topic topic that it came from
 * @param partition partition that it came from
 * @param offset its offset there
 * @param timestampMs its own Kafka timestamp, epoch milliseconds
 * @param key its key as text, cut where it is very long; null: it had none
 * @param valueBytes length of its value, bytes; null: it had none
 */
public record UnusedRecord(
        String id,
        long writtenMs,
        DeadLetterReason reason,
        String detail,
        String topic,
        int partition,
        long offset,
        long timestampMs,
        @Nullable String key,
        @Nullable Integer valueBytes) {

    /** A broken feed may write as much as it likes into a key. */
    private static final int LONGEST = 500;

    /** Of a dead letter and its place on their topic. */
    static UnusedRecord of(int partition, long offset, long writtenMs, DeadLetter letter) {
        ByteBuffer key = letter.getKey();
        ByteBuffer value = letter.getValue();
        return new UnusedRecord(
                partition + "-" + offset,
                writtenMs,
                letter.getReason(),
                cut(letter.getDetail()),
                letter.getTopic(),
                letter.getPartition(),
                letter.getOffset(),
                letter.getTimestampMs(),
                key == null
                        ? null
                        : cut(StandardCharsets.UTF_8.decode(key.duplicate()).toString()),
                value == null ? null : (Integer) value.remaining());
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }
}
