package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.PlimsollConfig.WebhookConfig;
import org.jspecify.annotations.Nullable;

/** What brings alerts to people, at one instance. */
public final class AlertDelivery implements MeterBinder, AutoCloseable {

    private final AlertFeed feed;
    private final AlertActions actions;
    private final @Nullable AlertWebhook webhook;

    private AlertDelivery(AlertFeed feed, AlertActions actions, @Nullable AlertWebhook webhook) {
        this.feed = feed;
        this.actions = actions;
        this.webhook = webhook;
    }

    /**
     * Starts it.
     *
     * @param requests where dead letters are written; locked while it is written to
     * @param advertisedAddress host:port of this instance's HTTP server
     */
    public static AlertDelivery start(
            PlimsollConfig config, SchemaRegistryClient registry, RecordSink requests, String advertisedAddress) {
        AlertFeed feed = AlertFeed.follow(config, registry);
        AlertActions actions = AlertActions.follow(config, registry);
        WebhookConfig webhook = config.alerts().webhook();
        return new AlertDelivery(
                feed,
                actions,
                webhook == null
                        ? null
                        : AlertWebhook.start(
                                config,
                                webhook,
                                registry,
                                feed,
                                requests,
                                config.http().scheme() + "://" + advertisedAddress));
    }

    public AlertFeed feed() {
        return feed;
    }

    public AlertActions actions() {
        return actions;
    }

    /** What the webhook has done; null: there is none. */
    public @Nullable WebhookFigures webhook() {
        return webhook == null ? null : webhook.figures();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(
                        "plimsoll.alerts.board",
                        feed,
                        each -> each.board().alerts().size())
                .description("Alerts on the board, of all instances")
                .register(registry);
        Gauge.builder("plimsoll.alerts.behind", feed, each -> each.board().behind())
                .description("Records of the alerts topic that this instance's board lacks")
                .register(registry);
        if (webhook != null) {
            webhook.figures().bindTo(registry);
        }
    }

    @Override
    public void close() {
        if (webhook != null) {
            webhook.close();
        }
        feed.close();
        actions.close();
    }
}
