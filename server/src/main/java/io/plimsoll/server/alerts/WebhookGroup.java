package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.UnreadableRecordException;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One membership in the group that sends: reads, sends, and only then says that it has. On one thread. */
final class WebhookGroup implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookGroup.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int RECORDS_A_POLL = 500;
    private static final long LEAST_POLL_INTERVAL_MS = 300_000;

    /** A record and what is to be sent of it; null: nothing. */
    private record Item(
            ConsumerRecord<byte[], byte[]> record, @Nullable Alert alert) {

        TopicPartition partition() {
            return new TopicPartition(record.topic(), record.partition());
        }

        String key() {
            return record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        }
    }

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<Alert> reader;
    private final AlertFeed feed;
    private final UndeliveredAlerts undelivered;
    private final WebhookClient client;
    private final WebhookFigures figures;
    private final AlertmanagerAlerts writer;
    private final FiringAgain firingAgain;
    private final Backoff backoff;
    private boolean moved;

    WebhookGroup(
            KafkaConsumer<byte[], byte[]> consumer,
            SchemaRegistryClient registry,
            AlertFeed feed,
            UndeliveredAlerts undelivered,
            WebhookClient client,
            WebhookFigures figures,
            AlertmanagerAlerts writer,
            FiringAgain firingAgain,
            Backoff backoff) {
        this.consumer = consumer;
        this.reader = new AvroSerdes(registry).of(Topics.ALERTS).deserializer();
        this.feed = feed;
        this.undelivered = undelivered;
        this.client = client;
        this.figures = figures;
        this.writer = writer;
        this.firingAgain = firingAgain;
        this.backoff = backoff;
    }

    static KafkaConsumer<byte[], byte[]> join(PlimsollConfig config, WebhookConfig webhook) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, (int) Math.min(
                Integer.MAX_VALUE,
                Math.max(LEAST_POLL_INTERVAL_MS, 3 * webhook.timeout().toMillis())));
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_A_POLL);
        settings.putAll(config.kafka());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, AlertWebhook.groupId(config));
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, AlertWebhook.groupId(config));
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void sendUntil(BooleanSupplier stopped) {
        consumer.subscribe(List.of(Topics.ALERTS.name()), this);
        while (!stopped.getAsBoolean()) {
            Deque<Item> items = new ArrayDeque<>();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                items.add(new Item(record, readable(record)));
            }
            moved = false;
            if (!items.isEmpty() && !send(items, stopped)) {
                rewind();
            }
            figures.nothingWaits();
            firingAgain.whenDue(() -> consumer.committed(consumer.assignment()));
        }
    }

    /** False if it was stopped or partitions have moved meanwhile; then what was not sent is to be read again. */
    private boolean send(Deque<Item> items, BooleanSupplier stopped) {
        while (!items.isEmpty()) {
            Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
            List<Item> batch = nextBatch(items, done);
            if (!batch.isEmpty()) {
                figures.waitingSince(oldest(batch, items));
                if (!stayInGroup(Duration.ZERO) || !sendUntilTaken(batch, stopped)) {
                    return false;
                }
            }
            try {
                consumer.commitSync(done);
            } catch (CommitFailedException | RebalanceInProgressException e) {
                LOG.info("Another instance goes on: {}", e.toString());
                return false;
            }
        }
        return true;
    }

    private static long oldest(Collection<Item> batch, Collection<Item> rest) {
        return Stream.concat(batch.stream(), rest.stream())
                .filter(item -> item.alert() != null)
                .mapToLong(item -> item.record().timestamp())
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The next items that can go out in one request: of each key one, so that their order is that of the requests. */
    private List<Item> nextBatch(Deque<Item> items, Map<TopicPartition, OffsetAndMetadata> done) {
        List<Item> batch = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        while (batch.size() < AlertmanagerAlerts.AT_ONCE && !items.isEmpty()) {
            Item next = items.element();
            Alert alert = next.alert();
            if (alert != null && keys.contains(next.key())) {
                break;
            }
            items.remove();
            done.put(next.partition(), new OffsetAndMetadata(next.record().offset() + 1));
            if (alert == null) {
                continue;
            }
            WebhookSelection selection = WebhookSelection.of(alert, nowMs(), feed::isFiring);
            if (selection == WebhookSelection.SENT) {
                keys.add(next.key());
                batch.add(next);
            } else {
                figures.passedOver(selection);
            }
        }
        return batch;
    }

    private boolean sendUntilTaken(List<Item> batch, BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            WebhookClient.Answer answer = post(batch.stream().map(Item::alert).toList());
            switch (answer.outcome()) {
                case TAKEN -> {
                    backoff.reset();
                    figures.sent(batch.size());
                    return true;
                }
                case REFUSED -> {
                    backoff.reset();
                    return refused(batch, answer, stopped);
                }
                default -> {
                    figures.failed(answer.kind(), answer.detail());
                    if (!stopped.getAsBoolean() && !waitInGroup(answer.detail())) {
                        return false;
                    }
                }
            }
        }
        return false;
    }

    /** One bad alert of several is found by sending each alone. */
    private boolean refused(List<Item> batch, WebhookClient.Answer answer, BooleanSupplier stopped) {
        if (batch.size() == 1) {
            undelivered.take(
                    batch.get(0).record(), DeadLetterReason.NOT_DELIVERED, "the webhook answers " + answer.detail());
            figures.refused(answer.detail());
            return true;
        }
        for (Item item : batch) {
            if (!sendUntilTaken(List.of(item), stopped)) {
                return false;
            }
        }
        return true;
    }

    /** Waits for the next attempt. False if partitions have moved. */
    private boolean waitInGroup(String why) {
        Duration pause = backoff.next();
        LOG.warn("The webhook does not take alerts, the next attempt is in {} ms: {}", pause.toMillis(), why);
        return stayInGroup(pause);
    }

    /** Waits without being taken for dead by the group. False if partitions have moved. */
    private boolean stayInGroup(Duration pause) {
        consumer.pause(consumer.assignment());
        long untilNs = System.nanoTime() + pause.toNanos();
        do {
            Duration left = Duration.ofNanos(Math.max(0, untilNs - System.nanoTime()));
            // All is paused: records come only of partitions that were given to us just now, which are read again.
            if (!consumer.poll(left.compareTo(POLL) < 0 ? left : POLL).isEmpty()) {
                moved = true;
            }
        } while (!moved && System.nanoTime() < untilNs);
        consumer.resume(consumer.paused());
        return !moved;
    }

    private WebhookClient.Answer post(Collection<@Nullable Alert> alerts) {
        return client.post(writer.body(alerts.stream().filter(Objects::nonNull).toList(), nowMs())
                .toString());
    }

    /** Goes back to what the group has sent. */
    private void rewind() {
        consumer.committed(consumer.assignment()).forEach((partition, offset) -> {
            if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, offset.offset());
            }
        });
    }

    private @Nullable Alert readable(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return reader.deserialize(record.topic(), record.value());
        } catch (UnreadableRecordException e) {
            undelivered.take(record, DeadLetterReason.UNREADABLE_VALUE, String.valueOf(e.getMessage()));
            figures.refused(String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static long nowMs() {
        return System.currentTimeMillis();
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        moved = true;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        moved = true;
    }
}
