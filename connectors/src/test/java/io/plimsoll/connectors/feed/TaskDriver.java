package io.plimsoll.connectors.feed;

import io.confluent.kafka.schemaregistry.testutil.MockSchemaRegistry;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Runs a task as a worker of Kafka Connect would, and keeps what it writes and how far it has come. Against a venue, time
 * stands still until nothing is under way between the two any more.
 */
public final class TaskDriver {

    private static final String REGISTRY = "feed-test";
    private static final int QUIET_POLLS = 2;
    private static final Duration LONGEST_POLL = Duration.ofMinutes(5);

    /** Without anything coming, that is; far longer than a busy machine takes to tell the end of a connection. */
    private static final Duration LONGEST_END = Duration.ofSeconds(20);

    /** A record as a reader of the topic sees it; a null value is a tombstone. */
    public record Read(String topic, String key, long timestampMs, SpecificRecord value) {}

    private final Supplier<FeedSourceConnector> connectors;
    private final Function<TestClock, FeedSourceTask> newTask;
    private final TestClock clock;
    private final FaultyVenue venue;
    private final Traffic traffic = new Traffic();
    private final AvroSerdes serdes = new AvroSerdes(MockSchemaRegistry.getClientForScope(REGISTRY));
    private final Map<Map<String, ?>, Map<String, Object>> offsets = new HashMap<>();
    private final List<Map.Entry<Map<String, ?>, Map<String, Object>>> marks = new ArrayList<>();
    private final List<Read> records = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<FeedSourceTask> tasks = new ArrayList<>();

    /**
     * One without a network.
     *
     * @param newTask makes one of the connector's tasks, on a clock that is moved by hand
     */
    public TaskDriver(
            Supplier<FeedSourceConnector> connectors, Function<TestClock, FeedSourceTask> newTask, TestClock clock) {
        this(connectors, newTask, clock, null);
    }

    /**
     * One against a venue, on the venue's clock.
     *
     * @param newTask makes one of the connector's tasks, on a clock that is moved by hand
     */
    public TaskDriver(
            Supplier<FeedSourceConnector> connectors, Function<TestClock, FeedSourceTask> newTask, FaultyVenue venue) {
        this(connectors, newTask, venue.clock(), venue);
    }

    private TaskDriver(
            Supplier<FeedSourceConnector> connectors,
            Function<TestClock, FeedSourceTask> newTask,
            TestClock clock,
            FaultyVenue venue) {
        this.connectors = connectors;
        this.newTask = newTask;
        this.clock = clock;
        this.venue = venue;
        settings.put("name", "test");
        settings.put("schema.registry.url", "mock://" + REGISTRY);
        settings.put("key.converter", FeedSourceConnector.BYTES_CONVERTER);
        settings.put("value.converter", FeedSourceConnector.BYTES_CONVERTER);
        settings.put("poll.wait.ms", "1");
    }

    /** Gives the connector a setting. */
    public TaskDriver with(String setting, String value) {
        settings.put(setting, value);
        return this;
    }

    public void start() {
        start(1);
    }

    /** Starts as many tasks as the connector makes of so many. */
    public void start(int mostTasks) {
        FeedSourceConnector connector = connectors.get();
        connector.start(settings);
        tasks.clear();
        for (Map<String, String> taskSettings : connector.taskConfigs(mostTasks)) {
            FeedSourceTask task = newTask.apply(clock);
            task.through(client -> new TracedHttpClient(client, traffic));
            task.initialize(new StoredOffsets());
            task.start(taskSettings);
            tasks.add(task);
        }
    }

    /** Stops the tasks, and waits until the venue knows. */
    public void stop() {
        tasks.forEach(FeedSourceTask::stop);
        try {
            awaitBothSides(() -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Polls until nothing comes any more, and nothing is under way, however long that takes on this machine. */
    public void poll() throws InterruptedException {
        long begun;
        long before;
        do {
            // What has come in is taken meanwhile: a connection reads only so far ahead.
            awaitBothSides(this::pollOnce);
            begun = traffic.begun();
            traffic.ping();
            await(traffic::unanswered, this::pollOnce);
            before = traffic.activity();
            for (int quiet = 0; quiet < QUIET_POLLS; ) {
                quiet = pollOnce() ? 0 : quiet + 1;
            }
            // A ping tells nothing of what was sent after it, while its answer was awaited.
        } while (traffic.begun() != begun || traffic.activity() != before);
    }

    private boolean pollOnce() throws InterruptedException {
        boolean came = false;
        for (FeedSourceTask task : tasks) {
            List<SourceRecord> polled = task.poll(0);
            if (polled != null) {
                polled.forEach(this::take);
                came = true;
            }
        }
        return came;
    }

    private String underWay() {
        return venue == null ? "" : traffic.underWay(venue.hanging());
    }

    private String oneSided() {
        return venue == null ? "" : traffic.oneSided(venue.connected());
    }

    /**
     * Waits until nothing is under way, and both sides know of the same connections. Of one that breaks while it is being
     * opened a side may never hear: after a while it is left to the patience of that side, as on a real network.
     */
    private void awaitBothSides(Meanwhile meanwhile) throws InterruptedException {
        await(this::underWay, meanwhile);
        long startNs = System.nanoTime();
        long activity = traffic.activity();
        for (String left = oneSided(); !left.isEmpty(); left = oneSided()) {
            if (traffic.activity() != activity) {
                activity = traffic.activity();
                startNs = System.nanoTime();
            }
            if (System.nanoTime() - startNs > LONGEST_END.toNanos()) {
                System.out.println("connections whose other side has not noticed their end: " + left);
                traffic.giveUpOn(venue.connected());
            } else {
                traffic.await(traffic.arrivals());
                meanwhile.act();
                await(this::underWay, meanwhile);
            }
        }
    }

    private interface Meanwhile {

        void act() throws InterruptedException;
    }

    private void await(Supplier<String> underWay, Meanwhile meanwhile) throws InterruptedException {
        long startNs = System.nanoTime();
        long seen = traffic.arrivals();
        for (String left = underWay.get(); !left.isEmpty(); left = underWay.get()) {
            if (System.nanoTime() - startNs > LONGEST_POLL.toNanos()) {
                throw new IllegalStateException("still under way after " + LONGEST_POLL + ": " + left);
            }
            traffic.await(seen);
            meanwhile.act();
            seen = traffic.arrivals();
        }
    }

    /** Lets time pass; what the venue does at each step is the caller's. */
    public void run(long forMs, long stepMs, Runnable eachStep) throws InterruptedException {
        for (long passed = 0; passed < forMs; passed += stepMs) {
            clock.move(stepMs);
            eachStep.run();
            poll();
        }
    }

    /** Lets time pass until something holds; after so many steps it must. */
    public void runUntil(long mostSteps, long stepMs, Runnable eachStep, Runnable assertion)
            throws InterruptedException {
        for (long step = 0; step < mostSteps; step++) {
            try {
                assertion.run();
                return;
            } catch (AssertionError e) {
                run(stepMs, stepMs, eachStep);
            }
        }
        assertion.run();
    }

    /** All that was written, in order. */
    public List<Read> records() {
        return records;
    }

    /** What was written to a topic, in order. */
    public List<Read> of(Topic<?> topic) {
        return records.stream()
                .filter(read -> read.topic().equals(topic.name()))
                .toList();
    }

    /** What stands under each key: of two records the one of the later event time, of equal ones the later written. */
    public <V extends SpecificRecord> Map<String, V> latest(Topic<V> topic) {
        Map<String, Read> newest = new LinkedHashMap<>();
        for (Read read : of(topic)) {
            Read known = newest.get(read.key());
            if (known == null || known.timestampMs() <= read.timestampMs()) {
                newest.put(read.key(), read);
            }
        }
        Map<String, V> values = new LinkedHashMap<>();
        newest.forEach((key, read) -> {
            if (read.value() != null) {
                values.put(key, topic.valueType().cast(read.value()));
            }
        });
        return values;
    }

    private void take(SourceRecord record) {
        Topic<?> topic = Topics.named(record.topic()).orElseThrow();
        records.add(new Read(
                record.topic(),
                new String((byte[]) record.key(), StandardCharsets.UTF_8),
                record.timestamp(),
                (SpecificRecord) serdes.of(topic).deserializer().deserialize(record.topic(), (byte[]) record.value())));
        marks.add(Map.entry(record.sourcePartition(), new HashMap<>(record.sourceOffset())));
        offsets.put(record.sourcePartition(), new HashMap<>(record.sourceOffset()));
    }

    /** The machine has failed after so many records were written and committed; the rest never was. */
    public void crashAfter(int written) {
        stop();
        records.subList(written, records.size()).clear();
        marks.subList(written, marks.size()).clear();
        offsets.clear();
        marks.forEach(mark -> offsets.put(mark.getKey(), mark.getValue()));
    }

    /** What the worker has stored. */
    private final class StoredOffsets implements SourceTaskContext, OffsetStorageReader {

        @Override
        public Map<String, String> configs() {
            return settings;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return this;
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
            return offsets.get(partition);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
            Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
            partitions.forEach(partition -> found.put(partition, offsets.get(partition)));
            return found;
        }
    }
}
