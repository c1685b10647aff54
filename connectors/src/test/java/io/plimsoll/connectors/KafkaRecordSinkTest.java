package io.plimsoll.connectors;

import static io.plimsoll.connectors.Records.price;
import static io.plimsoll.connectors.Records.usdc;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaRecordSinkTest {

    private static final String PRICES = Topics.PRICES.name();

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

    private MockProducer<byte[], byte[]> producer(boolean completes) {
        return new MockProducer<>(completes, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Test
    void shouldSendKeyEventTimeAndAvroOfTheTopicsType() {
        MockProducer<byte[], byte[]> producer = producer(true);

        try (KafkaRecordSink sink = new KafkaRecordSink(producer, registry)) {
            sink.write(PRICES, "sim:BTC", 42, price("BTC", 7));
            sink.write(Topics.POSITIONS.name(), "sim:é:BTC", 43, null);
            sink.flush();
        }

        ProducerRecord<byte[], byte[]> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo(PRICES);
        assertThat(sent.timestamp()).isEqualTo(42);
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo("sim:BTC");
        assertThat(new AvroSerdes(registry).of(Topics.PRICES).deserializer().deserialize(PRICES, sent.value()))
                .isEqualTo(price("BTC", 7));
        assertThat(producer.history().get(1).value()).isNull();
        assertThat(producer.history().get(1).key()).isEqualTo("sim:é:BTC".getBytes(StandardCharsets.UTF_8));
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void shouldThrowAFailureOfAnEarlierSendOnce() {
        MockProducer<byte[], byte[]> producer = producer(false);
        KafkaRecordSink sink = new KafkaRecordSink(producer, registry);
        sink.write(PRICES, "sim:BTC", 42, price("BTC", 7));
        producer.errorNext(new RecordTooLargeException("too large"));

        assertThatThrownBy(() -> sink.write(PRICES, "sim:BTC", 43, price("BTC", 8)))
                .isInstanceOf(RecordSinkException.class)
                .hasMessage("cannot write key sim:BTC to topic plimsoll.prices: too large");
        sink.close();
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void shouldThrowAFailureAtFlush() {
        MockProducer<byte[], byte[]> producer = producer(false);
        KafkaRecordSink sink = new KafkaRecordSink(producer, registry);
        sink.write(PRICES, "sim:BTC", 42, price("BTC", 7));
        producer.errorNext(new RecordTooLargeException("too large"));

        assertThatThrownBy(sink::flush).isInstanceOf(RecordSinkException.class);
    }

    @Test
    void shouldRefuseValuesAndTopicsThatAreNotInTheCatalogue() {
        try (KafkaRecordSink sink = new KafkaRecordSink(producer(true), registry)) {
            assertThatThrownBy(() -> sink.write(PRICES, "k", 1, usdc("a", 1)))
                    .hasMessage("topic plimsoll.prices holds Price, not Collateral");
            assertThatThrownBy(() -> sink.write("prices", "k", 1, null))
                    .hasMessage("topic prices is not in the catalogue");
        }
    }
}
