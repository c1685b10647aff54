package io.plimsoll.connectors;

import static io.plimsoll.connectors.Records.position;
import static io.plimsoll.connectors.Records.price;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecorderTest {

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final CollectedRecords recorded = new CollectedRecords();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final List<ConsumerRecord<byte[], byte[]>> onCluster = new ArrayList<>();

    private void topic(Topic<?> topic, int partitions) {
        List<PartitionInfo> infos = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            infos.add(new PartitionInfo(topic.name(), i, null, null, null));
            ends.put(new TopicPartition(topic.name(), i), 0L);
        }
        consumer.updatePartitions(topic.name(), infos);
    }

    private <V extends SpecificRecord> void add(Topic<V> topic, int partition, String key, long timestampMs, V value) {
        byte[] bytes = new AvroSerdes(registry).of(topic).serializer().serialize(topic.name(), value);
        addBytes(topic, partition, key.getBytes(StandardCharsets.UTF_8), timestampMs, bytes);
    }

    private void addBytes(Topic<?> topic, int partition, byte[] key, long timestampMs, byte[] value) {
        long offset = ends.merge(new TopicPartition(topic.name(), partition), 1L, Long::sum) - 1;
        onCluster.add(new ConsumerRecord<>(
                topic.name(),
                partition,
                offset,
                timestampMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty()));
    }

    private Recorder.Result recordUntilNow(Topic<?>... topics) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        ends.keySet().forEach(partition -> starts.put(partition, 0L));
        consumer.updateBeginningOffsets(starts);
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(() -> onCluster.forEach(consumer::addRecord));
        return new Recorder(consumer, registry, List.of(topics), recorded).run(true, () -> false);
    }

    @Test
    void shouldMergePartitionsByEventTimeAndKeepEachPartitionsOrder() {
        topic(Topics.PRICES, 2);
        topic(Topics.POSITIONS, 1);
        add(Topics.PRICES, 0, "sim:BTC", 10, price("BTC", 1));
        add(Topics.PRICES, 0, "sim:BTC", 30, price("BTC", 2));
        add(Topics.PRICES, 0, "sim:BTC", 20, price("BTC", 3));
        add(Topics.PRICES, 1, "sim:ETH", 15, price("ETH", 4));
        add(Topics.POSITIONS, 0, "sim:a:BTC", 25, position("a", "BTC", 1));
        add(Topics.POSITIONS, 0, "sim:a:BTC", 40, null);

        Recorder.Result result = recordUntilNow(Topics.PRICES, Topics.POSITIONS);

        assertThat(recorded.all())
                .extracting(written -> written.key() + "@" + written.timestampMs())
                .containsExactly(
                        "sim:BTC@10", "sim:ETH@15", "sim:a:BTC@25", "sim:BTC@30", "sim:BTC@20", "sim:a:BTC@40");
        assertThat(recorded.all().get(5).value()).isNull();
        assertThat(result).isEqualTo(new Recorder.Result(6, 0, null));
        assertThat(recorded.flushes()).isEqualTo(1);
    }

    @Test
    void shouldCountAndNameWhatCannotBeRecorded() {
        topic(Topics.PRICES, 1);
        addBytes(Topics.PRICES, 0, new byte[] {'k'}, 1, new byte[] {9, 9});
        addBytes(Topics.PRICES, 0, null, 2, null);
        add(Topics.PRICES, 0, "sim:BTC", 3, price("BTC", 1));

        Recorder.Result result = recordUntilNow(Topics.PRICES);

        assertThat(result.records()).isEqualTo(1);
        assertThat(result.unreadable()).isEqualTo(2);
        assertThat(result.firstUnreadable()).startsWith("plimsoll.prices partition 0 offset 0: value of 2 bytes");
    }

    @Test
    void shouldEndAtOnceWhereNothingIsThere() {
        topic(Topics.PRICES, 3);

        assertThat(recordUntilNow(Topics.PRICES).records()).isZero();
    }

    @Test
    void shouldSaySoWhenATopicDoesNotExist() {
        assertThatThrownBy(() -> recordUntilNow(Topics.DEPTH))
                .isInstanceOf(InputException.class)
                .hasMessage("topic plimsoll.depth does not exist on this cluster");
    }
}
