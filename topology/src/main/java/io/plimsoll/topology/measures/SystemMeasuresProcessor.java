package io.plimsoll.topology.measures;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.CycleMemory;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.avro.SubjectMarket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds markets up by the hour, judges the phase of system, venues and assets, and publishes it with the first state in each
 * minute of event time. An hour is judged five minutes after its beginning: by then its markets have told what they were.
 */
final class SystemMeasuresProcessor extends ContextualProcessor<String, Object, String, SystemMeasureSet> {

    static final String HISTORY = "system-measure-history";
    static final String MARKETS = "system-measure-markets";
    static final String PHASES = "system-measure-phases";

    private static final char END = '\u0000';
    private static final long WAIT_MS = Duration.ofMinutes(5).toMillis();
    private static final long MINUTE_MS = Duration.ofMinutes(1).toMillis();

    private final boolean measured;
    private final Map<String, SubjectCycle> cycles = new HashMap<>();
    private final Map<String, Long> saidMinute = new HashMap<>();
    private KeyValueStore<String, MeasureSample> rows;
    private KeyValueStore<String, SubjectMarket> markets;
    private KeyValueStore<String, SystemMeasureSet> measures;
    private CyclePhases phases;

    /**
     * Makes it.
     *
     * @param measured whether group cycle is switched on; where it is not, phases that an earlier run judged are kept but
     *     not shown
     */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    SystemMeasuresProcessor(boolean measured) {
        this.measured = measured;
    }

    @Override
    public void init(ProcessorContext<String, SystemMeasureSet> context) {
        super.init(context);
        rows = context.getStateStore(HISTORY);
        markets = context.getStateStore(MARKETS);
        measures = LatestStore.emptied(context, MonitorStores.SYSTEM_MEASURES);
        KeyValueStore<String, CycleMemory> standings = context.getStateStore(PHASES);
        phases = new CyclePhases(standings);
        try (KeyValueIterator<String, MeasureSample> all = rows.all()) {
            all.forEachRemaining(
                    row -> cycle(row.key.substring(0, row.key.indexOf(END))).restore(row.value));
        }
        try (KeyValueIterator<String, SubjectMarket> all = markets.all()) {
            all.forEachRemaining(row -> cycle(row.value.getSubject()).restore(row.value));
        }
        if (!measured) {
            return;
        }
        KeyValueStore<String, SystemState> states = context.getStateStore(MonitorStores.SYSTEM_STATES);
        try (KeyValueIterator<String, SystemState> all = states.all()) {
            all.forEachRemaining(row -> {
                saidMinute.put(row.key, row.value.getAsOfMs() / MINUTE_MS);
                note(row.value);
            });
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof MarketHour hour) {
            take(record.key(), hour);
        } else if (record.value() instanceof SystemState state) {
            take(state);
        } else {
            throw new IllegalStateException("the system's measures cannot use " + record.value());
        }
    }

    private void take(String subject, MarketHour hour) {
        SubjectCycle cycle = cycle(subject);
        long pendingMs = cycle.pendingMs();
        if (pendingMs != Long.MIN_VALUE && hour.getHour() * Grid.HOURS.stepMs() > pendingMs) {
            judge(subject, cycle, pendingMs);
        }
        SubjectMarket market = cycle.take(hour);
        if (market != null) {
            markets.put(key(market), market);
        }
    }

    private void take(SystemState state) {
        String subject = state.getSubject();
        SubjectCycle cycle = cycle(subject);
        long pendingMs = cycle.pendingMs();
        boolean judges = pendingMs != Long.MIN_VALUE && state.getAsOfMs() >= pendingMs + WAIT_MS;
        if (judges) {
            judge(subject, cycle, pendingMs);
        }
        long minute = state.getAsOfMs() / MINUTE_MS;
        Long said = saidMinute.get(subject);
        if (judges || said == null || minute > said) {
            saidMinute.put(subject, minute);
            context().forward(new Record<>(subject, note(state), state.getAsOfMs()));
        }
    }

    private void judge(String subject, SubjectCycle cycle, long hourMs) {
        MeasureSample hour = cycle.add(hourMs);
        rows.put(subject + END + cycle.place(hour), hour);
        cycle.settle(hourMs).forEach(gone -> markets.delete(key(gone)));
        cycle.markets().forEach(market -> markets.put(key(market), market));
        phases.judge(subject, cycle::hours, hourMs);
    }

    private SystemMeasureSet note(SystemState state) {
        SubjectCycle cycle = cycle(state.getSubject());
        SystemMeasureSet set = new SystemMeasureSet(
                state.getSubject(),
                state.getAsOfMs(),
                state.getStalenessMs(),
                state.getCoverageLong(),
                state.getCoverageShort(),
                MarketMeasures.FORMULA_VERSION,
                cycle.judgedMarkets(),
                cycle.isJudged() ? phases.measures(state.getSubject(), cycle::hours) : null);
        measures.put(state.getSubject(), set);
        return set;
    }

    private SubjectCycle cycle(String subject) {
        return cycles.computeIfAbsent(subject, SubjectCycle::new);
    }

    private static String key(SubjectMarket market) {
        return market.getSubject() + END + market.getNewest().getMarket();
    }
}
