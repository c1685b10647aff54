package io.plimsoll.topology.system;

import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MarketSummary;
import io.plimsoll.topology.order.SecondDone;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the newest summary of each market of a subject and forwards their sum: at intervals as the subject's state, and
 * once per second of event time, or when nothing more comes, as a sample for windows.
 */
final class SystemProcessor extends ContextualProcessor<String, Object, String, Object> {

    static final String SUMMARIES = "market-summaries";

    private static final char END = '\u0000';
    private static final long SECOND_MS = 1_000;

    private final MonitorSettings settings;
    private final Map<String, Map<String, MarketSummary>> marketsBySubject = new HashMap<>();
    private final Map<String, Long> secondBySubject = new HashMap<>();
    /** Subjects that changed since their last sample, and when (wall clock). */
    private final Map<String, Long> sampleDue = new HashMap<>();

    private final Set<String> due = new LinkedHashSet<>();
    private KeyValueStore<String, MarketSummary> summaries;
    private KeyValueStore<String, SystemState> states;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    SystemProcessor(MonitorSettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        summaries = context.getStateStore(SUMMARIES);
        states = context.getStateStore(MonitorStores.SYSTEM_STATES);
        try (KeyValueIterator<String, MarketSummary> all = summaries.all()) {
            all.forEachRemaining(row -> {
                String subject = row.key.substring(0, row.key.indexOf(END));
                markets(subject).put(row.value.getMarket(), row.value);
                due.add(subject);
                sampleDue.put(subject, context.currentSystemTimeMs());
            });
        }
        if (settings.isInEventOrder()) {
            due.clear(); // a second is published whole before what was read of it is committed
            return;
        }
        context.schedule(settings.publish(), PunctuationType.WALL_CLOCK_TIME, this::publish);
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof SecondDone) {
            publishInOrder();
        } else if (record.value() instanceof MarketSummary summary) {
            take(record.key(), summary);
        } else if (!(record.value() instanceof MarketHour)) { // that is on its way to the measures
            throw new IllegalStateException("the system cannot use " + record.value());
        }
    }

    /** In event-time order all is published here, and nothing by the clock. */
    private void publishInOrder() {
        for (String subject : new TreeSet<>(due)) {
            publish(subject);
            forwardSample(subject);
        }
        due.clear();
    }

    private void take(String subject, MarketSummary summary) {
        MarketSummary before = markets(subject).get(summary.getMarket());
        if (before != null && before.getAsOfMs() > summary.getAsOfMs()) {
            return;
        }
        long second = summary.getAsOfMs() / SECOND_MS;
        Long reached = secondBySubject.get(subject);
        if (reached != null && second > reached && !settings.isInEventOrder()) {
            forwardSample(subject);
        }
        secondBySubject.merge(subject, second, Math::max);
        markets(subject).put(summary.getMarket(), summary);
        summaries.put(subject + END + summary.getMarket(), summary);
        due.add(subject);
        sampleDue.put(subject, context().currentSystemTimeMs());
    }

    private void publish(long nowMs) {
        due.forEach(this::publish);
        due.clear();
        List<String> silent = sampleDue.entrySet().stream()
                .filter(entry -> nowMs - entry.getValue() >= settings.idle().toMillis())
                .map(Map.Entry::getKey)
                .toList();
        silent.forEach(this::forwardSample);
    }

    private void publish(String subject) {
        SystemState state = SystemSums.of(markets(subject).values()).state(subject);
        states.put(subject, state);
        context().forward(new Record<>(subject, state, state.getAsOfMs()));
    }

    private void forwardSample(String subject) {
        sampleDue.remove(subject);
        SystemSums sums = SystemSums.of(markets(subject).values());
        context().forward(new Record<>(subject, sums.sample(), sums.asOfMs()));
    }

    private Map<String, MarketSummary> markets(String subject) {
        return marketsBySubject.computeIfAbsent(subject, s -> new TreeMap<>());
    }
}
