package io.plimsoll.server.alerts;

import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records of alerts that cannot be delivered on the dead letters, byte for byte, with the reason. */
final class UndeliveredAlerts {

    private static final Logger LOG = LoggerFactory.getLogger(UndeliveredAlerts.class);

    private final RecordSink sink;

    /** Takes the sink, which others may write to: it is locked meanwhile. */
    UndeliveredAlerts(RecordSink sink) {
        this.sink = sink;
    }

    /** Returns when it is written. */
    void take(ConsumerRecord<byte[], byte[]> record, DeadLetterReason reason, String detail) {
        LOG.error("Alert at partition {} offset {} is not delivered: {}", record.partition(), record.offset(), detail);
        DeadLetter letter = new DeadLetter(
                reason,
                detail,
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.key() == null ? null : ByteBuffer.wrap(record.key()),
                record.value() == null ? null : ByteBuffer.wrap(record.value()));
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        synchronized (sink) {
            sink.write(Topics.DEAD_LETTERS.name(), key, System.currentTimeMillis(), letter);
            sink.flush();
        }
    }
}
