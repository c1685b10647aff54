package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends alerts to an Alertmanager. The instances share the alerts topic as one consumer group, so that one of them sends each
 * record; how far the group is moves on only when the receiver has taken the record. Whatever fails is tried again for ever:
 * it may be sent twice, never not at all.
 */
public final class AlertWebhook implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlertWebhook.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration BOARD_WITHIN = Duration.ofSeconds(30);
    private static final long BOARD_CHECK_MS = 50;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final PlimsollConfig config;
    private final WebhookConfig webhook;
    private final SchemaRegistryClient registry;
    private final AlertFeed feed;
    private final UndeliveredAlerts undelivered;
    private final WebhookClient client;
    private final WebhookFigures figures;
    private final AlertmanagerAlerts writer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "plimsoll-webhook");
    private final AtomicReference<@Nullable KafkaConsumer<byte[], byte[]>> consumer = new AtomicReference<>();

    private AlertWebhook(
            PlimsollConfig config,
            WebhookConfig webhook,
            SchemaRegistryClient registry,
            AlertFeed feed,
            RecordSink deadLetters,
            String linksTo) {
        this.config = config;
        this.webhook = webhook;
        this.registry = registry;
        this.feed = feed;
        this.undelivered = new UndeliveredAlerts(deadLetters);
        this.client = new WebhookClient(webhook);
        this.figures = new WebhookFigures(Clock.systemUTC());
        this.writer = new AlertmanagerAlerts(linksTo, webhook.validity());
        thread.setDaemon(true);
    }

    /**
     * Starts to send.
     *
     * @param deadLetters takes what the receiver refuses; locked while it is written to
     * @param linksTo address of this program's HTTP server, for links
     */
    public static AlertWebhook start(
            PlimsollConfig config,
            WebhookConfig webhook,
            SchemaRegistryClient registry,
            AlertFeed feed,
            RecordSink deadLetters,
            String linksTo) {
        AlertWebhook started = new AlertWebhook(config, webhook, registry, feed, deadLetters, linksTo);
        started.thread.start();
        return started;
    }

    /** The consumer group that the instances share. */
    public static String groupId(PlimsollConfig config) {
        return config.applicationId() + "-webhook";
    }

    /** What it has done. */
    public WebhookFigures figures() {
        return figures;
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE, new SplittableRandom());
        FiringAgain firingAgain = new FiringAgain(feed, client, figures, writer, webhook.resend());
        awaitBoard();
        while (closing.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> joined = WebhookGroup.join(config, webhook)) {
                consumer.set(joined);
                new WebhookGroup(joined, registry, feed, undelivered, client, figures, writer, firingAgain, backoff)
                        .sendUntil(() -> closing.getCount() == 0);
            } catch (WakeupException e) {
                LOG.debug("Closed");
            } catch (RuntimeException e) {
                // Kafka or the registry may be away, or a right missing: none of it may end the sending.
                figures.failed("kafka", e.toString());
                LOG.warn("The webhook begins anew: {}", e.toString(), e);
                pause(backoff);
            }
        }
    }

    /** Without the board it would not know what goes under what. If it takes too long, more is sent rather than nothing. */
    private void awaitBoard() {
        long untilNs = System.nanoTime() + BOARD_WITHIN.toNanos();
        try {
            while (!feed.isComplete() && System.nanoTime() < untilNs) {
                if (closing.await(BOARD_CHECK_MS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    private void pause(Backoff backoff) {
        try {
            if (closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("Closed");
            }
        } catch (InterruptedException e) {
            closing.countDown();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        client.close();
        KafkaConsumer<byte[], byte[]> joined = consumer.get();
        if (joined != null) {
            joined.wakeup();
        }
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
