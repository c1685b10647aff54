package io.plimsoll.server.monitor;

import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.server.config.PlimsollConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that the monitor has digested all that it was given: its consumer group has no lag on any input or
 * repartition topic, and what it publishes has stopped changing.
 */
public final class Quiescence implements AutoCloseable {

    private static final long ANSWER_WITHIN_SECONDS = 30;
    private static final int LEAST_TIMES_UNCHANGED = 3;
    private static final int LOOKS_BEHIND = 5;
    private static final Duration LOOK_BEHIND = Duration.ofMillis(200);

    private final Map<String, ?> kafka;
    private final Admin admin;
    private final String applicationId;
    private final Duration between;
    private final long timesUnchanged;

    public Quiescence(PlimsollConfig config) {
        this.kafka = config.kafka();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, config.applicationId() + "-quiescence");
        this.admin = Admin.create(settings);
        this.applicationId = config.applicationId();
        // The slowest part of the monitor that reports by the clock has had its turn between two looks.
        this.between = longest(
                config.monitor().conflation(),
                config.monitor().bookFlush(),
                config.monitor().publish(),
                config.monitor().ladderPublish());
        // What settles only now and then has had its turn too.
        this.timesUnchanged =
                Math.max(LEAST_TIMES_UNCHANGED, config.monitor().ladderSettle().dividedBy(between) + 2);
    }

    private static Duration longest(Duration... durations) {
        Duration longest = durations[0];
        for (Duration duration : durations) {
            longest = duration.compareTo(longest) > 0 ? duration : longest;
        }
        return longest;
    }

    /**
     * Returns when everything is digested: no lag, and the same state several times in a row.
     *
     * @param state what is published, comparable with equals
     * @param stop ends the waiting
     * @return false if it was stopped or interrupted
     * @throws StartException when Kafka does not answer
     */
    public boolean await(Supplier<?> state, BooleanSupplier stop) {
        Object before = null;
        int unchanged = 0;
        while (!stop.getAsBoolean()) {
            Object now = isDigested() ? state.get() : null;
            unchanged = now != null && now.equals(before) ? unchanged + 1 : 0;
            before = now;
            if (unchanged >= timesUnchanged) {
                return true;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(between.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /** True if the group has committed the end of every partition that it reads. */
    public boolean isDigested() {
        Set<String> topics =
                answer(admin.listTopics().names()).stream().filter(this::isRead).collect(Collectors.toSet());
        List<TopicPartition> partitions = answer(admin.describeTopics(topics).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, ListOffsetsResultInfo> ends = answer(admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())))
                .all());
        Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
                answer(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> behind = new HashMap<>();
        ends.forEach((partition, end) -> {
            OffsetAndMetadata offset = committed.get(partition);
            long from = offset == null ? 0 : offset.offset();
            if (from < end.offset()) {
                behind.put(partition, from);
            }
        });
        return behind.isEmpty() || holdNoRecords(behind, ends);
    }

    /** True where nothing but the marks of transactions is behind what was committed: of these no commit is made. */
    private boolean holdNoRecords(Map<TopicPartition, Long> behind, Map<TopicPartition, ListOffsetsResultInfo> ends) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(behind.keySet());
            behind.forEach(consumer::seek);
            for (int look = 0; look < LOOKS_BEHIND; look++) {
                if (!consumer.poll(LOOK_BEHIND).isEmpty()) {
                    return false;
                }
                if (behind.keySet().stream()
                        .allMatch(partition -> consumer.position(partition)
                                >= Objects.requireNonNull(ends.get(partition)).offset())) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean isRead(String topic) {
        boolean input = Topics.inUse().stream()
                .anyMatch(each ->
                        each.direction() == Topic.Direction.IN && each.name().equals(topic));
        return input || (topic.startsWith(applicationId + "-") && topic.endsWith("-repartition"));
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return Objects.requireNonNull(future.get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException | ExecutionException e) {
            throw new StartException("Kafka does not say how far the monitor has read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for the monitor", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
