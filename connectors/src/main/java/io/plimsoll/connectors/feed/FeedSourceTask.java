package io.plimsoll.connectors.feed;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClientFactory;
import io.plimsoll.schemas.RegistryException;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a venue's feed in a task of Kafka Connect: hands it the time and the network's events, and encodes what it makes. */
public abstract class FeedSourceTask extends SourceTask {

    private static final Logger LOG = LoggerFactory.getLogger(FeedSourceTask.class);

    private static final int CACHED_SCHEMAS_PER_SUBJECT = 1_000;
    private static final int EVENTS_PER_POLL = 2_000;
    private static final int REGISTRY_ATTEMPTS = 30;

    private final InstantSource clock;
    private final FeedOutput output = new FeedOutput();
    private final Inbox inbox = new Inbox();

    private UnaryOperator<HttpClient> network = UnaryOperator.identity();
    private @Nullable VenueFeed feed;
    private @Nullable RecordEncoder encoder;
    private List<FeedRecord> unwritten = List.of();
    private long waitMs;
    private int refusedByRegistry;

    protected FeedSourceTask(InstantSource clock) {
        this.clock = clock;
    }

    /** The settings, checked. */
    protected abstract FeedConfig config(Map<String, String> settings);

    /** The venue's feed. */
    protected abstract VenueFeed feed(FeedConfig config, FeedRuntime runtime);

    /**
     * Puts something between the task and its network, before the task is started. A test must know what is under way: the
     * clock that it moves by hand has to stand still until that has come.
     */
    final void through(UnaryOperator<HttpClient> between) {
        network = between;
    }

    @Override
    public final void start(Map<String, String> settings) {
        FeedConfig config = config(settings);
        waitMs = config.getLong(FeedConfig.POLL_WAIT);
        encoder = new RecordEncoder(registry(config));
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.requestTimeout())
                .build();
        feed = feed(
                config,
                new FeedRuntime(
                        config.feedName(),
                        config.slice(),
                        SourceOffsets.of(config.venue(), context.offsetStorageReader()),
                        network.apply(http),
                        inbox,
                        new Random(),
                        clock.millis()));
    }

    @Override
    public final @Nullable List<SourceRecord> poll() throws InterruptedException {
        return poll(waitMs);
    }

    /** A poll that waits so long for something to come, at most. */
    final @Nullable List<SourceRecord> poll(long mostMs) throws InterruptedException {
        VenueFeed running = feed;
        RecordEncoder encoding = encoder;
        if (running == null || encoding == null) {
            throw new IllegalStateException("the task was not started");
        }
        if (unwritten.isEmpty()) {
            running.step(clock.millis(), output);
            FeedEvent event = inbox.next(output.isEmpty() ? mostMs : 0);
            for (int taken = 0; event != null; taken++) {
                running.take(event, clock.millis(), output);
                if (event instanceof FeedEvent.Message message) {
                    message.done();
                }
                event = taken < EVENTS_PER_POLL ? inbox.next(0) : null;
            }
            unwritten = output.drain();
        }
        List<SourceRecord> encoded = encode(encoding);
        return encoded.isEmpty() ? null : encoded;
    }

    @Override
    public final void stop() {
        VenueFeed running = feed;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public final String version() {
        String version = FeedSourceTask.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }

    /** Nothing is taken from the network while the registry does not answer; what was taken is kept, and tried again. */
    private List<SourceRecord> encode(RecordEncoder encoding) throws InterruptedException {
        List<SourceRecord> encoded = new ArrayList<>(unwritten.size());
        try {
            for (FeedRecord record : unwritten) {
                encoded.add(encoding.encode(record));
            }
        } catch (RegistryException e) {
            if (++refusedByRegistry >= REGISTRY_ATTEMPTS) {
                throw new ConnectException(
                        "the schema registry has not taken a schema in " + REGISTRY_ATTEMPTS + " attempts: "
                                + e.getMessage(),
                        e);
            }
            LOG.warn("records wait for the schema registry: {}", e.getMessage());
            Thread.sleep(waitMs);
            return List.of();
        }
        refusedByRegistry = 0;
        unwritten = List.of();
        return encoded;
    }

    private static SchemaRegistryClient registry(FeedConfig config) {
        return SchemaRegistryClientFactory.newClient(
                Arrays.stream(config.registryUrl().split(",", -1))
                        .map(String::trim)
                        .toList(),
                CACHED_SCHEMAS_PER_SUBJECT,
                List.of(new AvroSchemaProvider()),
                config.registryClient(),
                Map.of());
    }
}
