package io.plimsoll.server;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.server.alerts.AlertDelivery;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.connect.EmbeddedConnect;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.feeds.FeedTopics;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.monitor.Instruments;
import io.plimsoll.server.monitor.Monitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.jspecify.annotations.Nullable;

/** The monitor with its HTTP server. */
public final class PlimsollServer implements AutoCloseable {

    private static final long READY_CHECK_MS = 20;

    private final HttpServer http;
    private final Monitor monitor;
    private final Instruments instruments;
    private final RecordSink requests;
    private final AlertDelivery delivery;
    private final FeedTopics feeds;

    private PlimsollServer(
            HttpServer http,
            Monitor monitor,
            Instruments instruments,
            RecordSink requests,
            AlertDelivery delivery,
            FeedTopics feeds) {
        this.http = http;
        this.monitor = monitor;
        this.instruments = instruments;
        this.requests = requests;
        this.delivery = delivery;
        this.feeds = feeds;
    }

    /**
     * Starts both; the topics are there already. The HTTP server comes first: other instances are told its port.
     *
     * @param embedded the registry in this JVM, to be served over HTTP; null: there is none
     * @throws io.plimsoll.server.monitor.StartException when the HTTP port is taken
     */
    public static PlimsollServer start(
            PlimsollConfig config, SchemaRegistryClient registry, @Nullable EmbeddedRegistry embedded) {
        HttpServer http = HttpServer.start(config, embedded);
        try {
            Monitor monitor = Monitor.start(config, registry, config.advertisedAddress(http.port()));
            Instruments instruments = Instruments.follow(config, registry);
            RecordSink requests = requests(config, registry);
            AlertDelivery delivery =
                    AlertDelivery.start(config, registry, requests, config.advertisedAddress(http.port()));
            FeedTopics feeds = FeedTopics.follow(config, registry);
            http.serve(monitor, instruments, requests, delivery, feeds);
            return new PlimsollServer(http, monitor, instruments, requests, delivery, feeds);
        } catch (RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private static RecordSink requests(PlimsollConfig config, SchemaRegistryClient registry) {
        Map<String, Object> settings = new HashMap<>(config.kafka());
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, config.applicationId() + "-requests");
        return new KafkaRecordSink(settings, registry);
    }

    /** Tells of the connectors that run in this process, in its health and metrics. */
    public void show(EmbeddedConnect connect) {
        http.serve(connect);
    }

    /** The port listened on. */
    public int port() {
        return http.port();
    }

    /** Every route of the HTTP server, as METHOD path. */
    public List<String> routes() {
        return http.routes();
    }

    public Monitor monitor() {
        return monitor;
    }

    /** Completed when the monitor stopped by itself, with the reason. */
    public CompletableFuture<Throwable> failure() {
        return monitor.failure();
    }

    /**
     * Returns when the monitor has its share of the work.
     *
     * @return false if it stopped instead
     */
    public boolean awaitReady() {
        while (!monitor.isReady()) {
            try {
                failure().get(READY_CHECK_MS, TimeUnit.MILLISECONDS);
                return false;
            } catch (TimeoutException e) {
                // Still starting.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        monitor.close();
        instruments.close();
        http.close();
        delivery.close();
        feeds.close();
        requests.close();
    }
}
