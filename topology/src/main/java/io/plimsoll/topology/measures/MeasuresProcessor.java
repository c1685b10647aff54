package io.plimsoll.topology.measures;

import io.plimsoll.risk.MarketMeasures;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.Turns;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.MarketHour;
import io.plimsoll.topology.avro.MeasureSample;
import io.plimsoll.topology.episodes.Cascades;
import io.plimsoll.topology.episodes.ForcedVolume;
import io.plimsoll.topology.episodes.ForcedVolumes;
import io.plimsoll.topology.markets.CascadeMoment;
import io.plimsoll.topology.markets.LadderMoment;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.order.SecondDone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Remembers a slice of markets on grids of event time, and publishes their measures at intervals, each market's at a moment of
 * its own; in event-time order with each second. On a tick it only looks whether a step of a grid begins.
 */
final class MeasuresProcessor extends ContextualProcessor<String, Object, String, SpecificRecord> {

    static final String HISTORY = "measure-history";

    private final MonitorSettings settings;
    private final AvroDeserializer<Depth> depthReader;
    private final Map<String, MarketHistory> histories = new HashMap<>();
    private final Map<String, MarketState> newest = new HashMap<>();
    private final Set<String> due = new LinkedHashSet<>();
    private final ForcedVolumes forced = new ForcedVolumes();
    private long doneMs;
    private List<GroupMeasures> groups = List.of();
    private KeyValueStore<String, MeasureSample> rows;
    private KeyValueStore<String, MeasureSet> measures;
    private KeyValueStore<String, LadderMoment> ladders;
    private KeyValueStore<String, CascadeMoment> cascades;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    MeasuresProcessor(MonitorSettings settings, AvroDeserializer<Depth> depthReader) {
        this.settings = settings;
        this.depthReader = depthReader;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        rows = context.getStateStore(HISTORY);
        measures = LatestStore.emptied(context, MonitorStores.MARKET_MEASURES);
        ladders = context.getStateStore(MonitorStores.LADDERS);
        cascades = context.getStateStore(MonitorStores.CASCADE_MOMENTS);
        groups = groups(context);
        if (groups.isEmpty()) {
            return;
        }
        restore(context);
        if (settings.isInEventOrder()) {
            return; // published when a second is done
        }
        Turns turns = new Turns(settings.measures().publish(), context.currentSystemTimeMs());
        context.schedule(
                settings.publish(),
                PunctuationType.WALL_CLOCK_TIME,
                now -> turns.take(due, now).forEach(this::publish));
    }

    private List<GroupMeasures> groups(ProcessorContext<String, SpecificRecord> context) {
        List<GroupMeasures> inForce = new ArrayList<>();
        for (MeasureGroup group : new TreeSet<>(settings.measures().groups())) {
            inForce.add(
                    switch (group) {
                        case VOLATILITY -> new VolatilityGroup();
                        case LIQUIDITY -> new LiquidityGroup(context.getStateStore(MarketStates.DEPTHS), depthReader);
                        case CYCLE -> new CycleGroup(context.getStateStore(CycleGroup.PHASES));
                        case DISTRIBUTION -> new DistributionGroup();
                        case SKEW -> new SkewGroup();
                        case CARRY -> new CarryGroup();
                        case BORROWED -> new BorrowedGroup();
                        case EFFICIENCY -> new EfficiencyGroup(context.getStateStore(EfficiencyGroup.DAYS));
                    });
        }
        return inForce;
    }

    /** History from its rows; and what can be asked of a market, where the markets before us know it already. */
    private void restore(ProcessorContext<String, SpecificRecord> context) {
        try (KeyValueIterator<String, MeasureSample> all = rows.all()) {
            all.forEachRemaining(row -> {
                String[] key = row.key.split("\\|");
                history(key[0]).restore(key[1], row.value);
            });
        }
        KeyValueStore<String, ForcedCell> minutes = context.getStateStore(Cascades.FORCED_MINUTES);
        try (KeyValueIterator<String, ForcedCell> all = minutes.all()) {
            all.forEachRemaining(row -> forced.take(row.value));
        }
        KeyValueStore<String, MarketState> states = context.getStateStore(MonitorStores.MARKET_STATES);
        try (KeyValueIterator<String, MarketState> all = states.all()) {
            all.forEachRemaining(row -> {
                newest.put(row.key, row.value);
                note(measured(row.value));
            });
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        if (groups.isEmpty()) {
            return;
        }
        if (record.value() instanceof MarketState state) {
            take(record.key(), state);
        } else if (record.value() instanceof ForcedCell cell) {
            forced.take(cell);
        } else if (record.value() instanceof SecondDone done) {
            doneMs = done.toMs();
            new TreeSet<>(due).forEach(this::publish);
            due.clear();
        } else if (newest.containsKey(record.key())) {
            due.add(record.key()); // its ladder or its depth has changed
        }
    }

    private void take(String market, MarketState state) {
        newest.put(market, state);
        due.add(market);
        boolean hour = history(market)
                .take(
                        state.getAsOfMs(),
                        () -> measured(state).sample(forcedUsd(market, state.getAsOfMs())),
                        (end, sample) -> rows.put(market + '|' + end, sample));
        if (hour) {
            MeasuredMarket measured = measured(state);
            groups.forEach(group -> group.hourBegan(measured));
            forwardHour(measured);
        }
    }

    /** To those who add markets up. Its place in event time is behind the second done last, also where a price comes late. */
    private void forwardHour(MeasuredMarket measured) {
        if (settings.measures().groups().contains(MeasureGroup.CYCLE)) {
            long asOfMs = measured.state().getAsOfMs();
            MarketHour hour = MarketHours.of(measured, forcedUsd(measured.market(), asOfMs));
            if (hour != null) {
                context().forward(new Record<>(measured.market(), hour, Math.max(asOfMs, doneMs + 1)));
            }
        }
    }

    private double forcedUsd(String market, long timeMs) {
        ForcedVolume volume = forced.ofKnown(market, timeMs);
        return volume == null ? Double.NaN : volume.longUsd1h() + volume.shortUsd1h();
    }

    private void publish(String market) {
        MarketState state = newest.get(market);
        if (state != null) {
            MeasureSet set = note(measured(state));
            context().forward(new Record<>(market, set, set.getAsOfMs()));
        }
    }

    private MeasureSet note(MeasuredMarket market) {
        MeasureSet set = empty(market.state());
        groups.forEach(group -> group.write(market, set));
        measures.put(market.market(), set);
        return set;
    }

    private static MeasureSet empty(MarketState state) {
        MeasureSet set = new MeasureSet();
        set.setVenue(state.getVenue());
        set.setSymbol(state.getSymbol());
        set.setBaseAsset(state.getBaseAsset());
        set.setAsOfMs(state.getAsOfMs());
        set.setStalenessMs(state.getStalenessMs());
        set.setCoverageLong(state.getCoverageLong());
        set.setCoverageShort(state.getCoverageShort());
        set.setFormulaVersion(MarketMeasures.FORMULA_VERSION);
        set.setCensored(state.getCensored());
        return set;
    }

    private MeasuredMarket measured(MarketState state) {
        String market = Keys.market(state.getVenue(), state.getSymbol());
        return new MeasuredMarket(market, state, ladders.get(market), cascades.get(market), history(market));
    }

    private MarketHistory history(String market) {
        return histories.computeIfAbsent(market, unknown -> new MarketHistory());
    }
}
