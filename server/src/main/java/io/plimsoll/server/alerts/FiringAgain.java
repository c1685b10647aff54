package io.plimsoll.server.alerts;

import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Says again from time to time what fires, to a receiver that forgets. What fails is tried the next time. */
final class FiringAgain {

    private final AlertFeed feed;
    private final WebhookClient client;
    private final WebhookFigures figures;
    private final AlertmanagerAlerts writer;
    private final long everyNs;
    private long lastNs = System.nanoTime();

    FiringAgain(
            AlertFeed feed, WebhookClient client, WebhookFigures figures, AlertmanagerAlerts writer, Duration every) {
        this.feed = feed;
        this.client = client;
        this.figures = figures;
        this.writer = writer;
        this.everyNs = every.toNanos();
    }

    /**
     * Sends, if it is time. Only what the group has sent already, and only of partitions of which the board is as new as
     * that: an older one would bring back what is over.
     *
     * @param committed how far the group has sent this member's partitions; null: nothing yet
     */
    void whenDue(Supplier<Map<TopicPartition, @Nullable OffsetAndMetadata>> committed) {
        if (System.nanoTime() - lastNs < everyNs) {
            return;
        }
        lastNs = System.nanoTime();
        List<Alert> due = due(committed.get());
        for (int from = 0; from < due.size(); from += AlertmanagerAlerts.AT_ONCE) {
            List<Alert> part = due.subList(from, Math.min(due.size(), from + AlertmanagerAlerts.AT_ONCE));
            WebhookClient.Answer answer =
                    client.post(writer.body(part, System.currentTimeMillis()).toString());
            if (answer.outcome() != WebhookClient.Outcome.TAKEN) {
                figures.failed(answer.kind(), answer.detail());
                return;
            }
            figures.resent(part.size());
        }
    }

    private List<Alert> due(Map<TopicPartition, @Nullable OffsetAndMetadata> committed) {
        Map<Integer, Long> sentTo = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null && feed.lastRead(partition.partition()) + 1 >= offset.offset()) {
                sentTo.put(partition.partition(), offset.offset());
            }
        });
        List<Alert> due = new ArrayList<>();
        for (AlertChange change : feed.board().alerts()) {
            Alert alert = change.alert();
            if (alert != null
                    && alert.getStatus() == AlertStatus.FIRING
                    && change.offset() < sentTo.getOrDefault(change.partition(), 0L)
                    && WebhookSelection.of(alert, System.currentTimeMillis(), feed::isFiring)
                            == WebhookSelection.SENT) {
                due.add(alert);
            }
        }
        return due;
    }
}
