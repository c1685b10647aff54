package io.plimsoll.server.monitor;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Tells the meters of every record that the topology publishes. Made by Kafka's producers, in every stream thread. */
public final class PublishedRecords implements ProducerInterceptor<byte[], byte[]> {

    /** Setting of the producer that holds the meters. */
    static final String METERS = "plimsoll.published.meters";

    private @Nullable PublishedMeters meters;

    /** Made by a producer. */
    public PublishedRecords() {}

    @Override
    public void configure(Map<String, ?> settings) {
        meters = settings.get(METERS) instanceof PublishedMeters given ? given : null;
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (meters != null && record.timestamp() != null && record.value() != null) {
            meters.published(record.topic(), record.timestamp(), record.value(), System.currentTimeMillis());
        }
        return record;
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception exception) {}

    @Override
    public void close() {}
}
