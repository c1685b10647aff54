package io.plimsoll.topology;

import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.topology.avro.RoutedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes dead letters: the record byte for byte, where it came from, and why. */
public final class DeadLetters {

    private DeadLetters() {}

    /** Of a record as it was read. */
    public static DeadLetter of(
            Record<byte[], byte[]> record, RecordMetadata origin, DeadLetterReason reason, String detail) {
        return new DeadLetter(
                reason,
                detail,
                origin.topic(),
                origin.partition(),
                origin.offset(),
                record.timestamp(),
                record.key() == null ? null : ByteBuffer.wrap(record.key()),
                record.value() == null ? null : ByteBuffer.wrap(record.value()));
    }

    /** Of a record that had been routed on already. */
    public static DeadLetter of(RoutedRecord routed, String topic, DeadLetterReason reason, String detail) {
        return new DeadLetter(
                reason,
                detail,
                topic,
                routed.getPartition(),
                routed.getOffset(),
                routed.getEventTimeMs(),
                ByteBuffer.wrap(routed.getKey().getBytes(StandardCharsets.UTF_8)),
                routed.getValue());
    }
}
