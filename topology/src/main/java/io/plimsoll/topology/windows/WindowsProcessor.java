package io.plimsoll.topology.windows;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.risk.WindowedMetrics;
import io.plimsoll.schemas.avro.WindowMetric;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.avro.OpenWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;

/**
 * Puts samples into windows of event time, forwards each window as it grows, and once more as final when it has ended
 * and its grace has passed.
 *
 * <p>Event time is taken to go on at the pace of the wall clock when no sample comes, so that the last windows of a
 * silent subject close too; not in event-time order, where samples alone close them.
 */
final class WindowsProcessor extends ContextualProcessor<String, Sample, String, WindowState> {

    private static final long SECOND_MS = 1_000;

    /** Windows of one subject and size are closed in their order, whatever else is closed with them. */
    private static final Comparator<Window> IN_ORDER =
            Comparator.comparingLong(Window::endMs).thenComparing(Window::key);

    private final WindowStores names;
    private final List<String> metrics;
    private final MonitorSettings settings;
    private final Map<String, Window> open = new HashMap<>();
    private final Map<Long, WindowStore<String, WindowState>> storeBySizeMs = new HashMap<>();
    private KeyValueStore<String, OpenWindow> openStore;
    private long streamTimeMs = Long.MIN_VALUE;
    private long lastSampleAtMs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    WindowsProcessor(WindowStores names, List<String> metrics, MonitorSettings settings) {
        this.names = names;
        this.metrics = metrics;
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, WindowState> context) {
        super.init(context);
        openStore = context.getStateStore(names.open());
        for (Duration size : names.sizes()) {
            storeBySizeMs.put(size.toMillis(), context.getStateStore(names.store(size)));
        }
        lastSampleAtMs = context.currentSystemTimeMs();
        try (KeyValueIterator<String, OpenWindow> all = openStore.all()) {
            while (all.hasNext()) {
                Window window = new Window(all.next().value, graceMs());
                open.put(window.key(), window);
                streamTimeMs = Math.max(streamTimeMs, window.metrics.newestMs());
            }
        }
        if (!settings.isInEventOrder()) {
            context.schedule(Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, this::closeEnded);
        }
    }

    @Override
    public void process(Record<String, Sample> record) {
        Sample sample = record.value();
        boolean nextSecond = sample.asOfMs() / SECOND_MS > streamTimeMs / SECOND_MS;
        streamTimeMs = Math.max(streamTimeMs, sample.asOfMs());
        lastSampleAtMs = context().currentSystemTimeMs();
        for (long sizeMs : storeBySizeMs.keySet()) {
            long startMs = Math.floorDiv(sample.asOfMs(), sizeMs) * sizeMs;
            if (startMs + sizeMs + graceMs() <= streamTimeMs) {
                continue;
            }
            Window window = open.computeIfAbsent(
                    Window.key(record.key(), sizeMs, startMs),
                    key -> new Window(record.key(), sizeMs, startMs, metrics.size(), graceMs()));
            if (window.add(sample)) {
                openStore.put(window.key(), window.memory());
                publish(window, false);
            }
        }
        if (nextSecond) {
            closeEnded(lastSampleAtMs);
        }
    }

    private void closeEnded(long nowMs) {
        if (open.isEmpty()) {
            return;
        }
        long eventTimeMs = streamTimeMs + Math.max(0, nowMs - lastSampleAtMs);
        List<Window> ended = new ArrayList<>();
        for (Window window : open.values()) {
            if (window.endMs() + graceMs() <= eventTimeMs) {
                ended.add(window);
            }
        }
        ended.sort(IN_ORDER);
        for (Window window : ended) {
            open.remove(window.key());
            openStore.delete(window.key());
            publish(window, true);
        }
    }

    private void publish(Window window, boolean isFinal) {
        List<WindowMetric> values = new ArrayList<>(metrics.size());
        for (int i = 0; i < metrics.size(); i++) {
            WindowedMetrics.Summary summary = window.metrics.summary(i);
            if (!Double.isNaN(summary.close())) {
                values.add(new WindowMetric(
                        metrics.get(i),
                        summary.open(),
                        summary.high(),
                        summary.low(),
                        summary.close(),
                        summary.mean()));
            }
        }
        WindowState state = new WindowState(
                window.subject,
                window.sizeMs,
                window.startMs,
                isFinal,
                window.metrics.newestMs(),
                window.stalenessMs,
                window.minCoverageLong,
                window.minCoverageShort,
                window.metrics.samples(),
                window.metrics.lateSamples(),
                MarketMeasures.FORMULA_VERSION,
                values);
        Objects.requireNonNull(storeBySizeMs.get(window.sizeMs)).put(window.subject, state, window.startMs);
        context().forward(new Record<>(window.key(), state, window.metrics.newestMs()));
    }

    private long graceMs() {
        return settings.windowGrace().toMillis();
    }
}
