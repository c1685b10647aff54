package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.CascadeEpisode;
import io.plimsoll.schemas.avro.CascadeRisk;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.schemas.avro.MeasureSet;
import io.plimsoll.schemas.avro.SystemMeasureSet;
import io.plimsoll.schemas.avro.SystemState;
import io.plimsoll.schemas.avro.WindowState;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.SubjectReading;
import io.plimsoll.topology.episodes.ForcedVolume;
import io.plimsoll.topology.episodes.ForcedVolumes;
import io.plimsoll.topology.episodes.TakenBack;
import io.plimsoll.topology.order.SecondDone;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Holds the rules against what the processors before it publish, in the same task, and forwards alerts.
 *
 * <p>Time is event time. Where a subject falls silent while records are read live, its time goes on at the pace of the wall
 * clock, held back by the idle time so that a record on its way is not overtaken.
 */
final class AlertsProcessor extends ContextualProcessor<String, Object, String, Alert> {

    static final Duration TICK = Duration.ofMillis(250);
    static final Duration FORGET = Duration.ofMinutes(10);

    private final AlertStores stores;
    private final Set<SubjectKind> kinds;
    private final @Nullable String forcedMinutes;
    private final TopologyContext topology;
    private final AvroDeserializer<Depth> depthReader;
    private final EventClock clock = new EventClock();
    /** Of windows, which come when they are closed: each runs behind what is known of the market by as much. */
    private final EventClock windowClock;

    private final ForcedVolumes forced = new ForcedVolumes();
    private AlertBoard board;

    /** @param forcedMinutes store of the minutes of forced volume; null where there are none */
    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    AlertsProcessor(
            AlertStores stores, Set<SubjectKind> kinds, @Nullable String forcedMinutes, TopologyContext topology) {
        this.stores = stores;
        this.kinds = kinds;
        this.forcedMinutes = forcedMinutes;
        this.topology = topology;
        this.depthReader = topology.reader(Topics.DEPTH);
        this.windowClock = new EventClock(
                EventClock.LIVE_MS + topology.settings().windowGrace().toMillis());
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        super.init(context);
        board = new AlertBoard(
                context,
                stores,
                kinds,
                topology.settings().alerts(),
                topology.reader(Topics.RULES),
                topology.reader(Topics.ALERT_ACTIONS));
        if (forcedMinutes != null) {
            KeyValueStore<String, ForcedCell> minutes = context.getStateStore(forcedMinutes);
            try (KeyValueIterator<String, ForcedCell> all = minutes.all()) {
                all.forEachRemaining(row -> forced.take(row.value));
            }
        }
        if (topology.settings().isInEventOrder()) {
            return; // time passes with the seconds that are done
        }
        long idleMs = topology.settings().idle().toMillis();
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (clock.isLive()) {
                board.passTime(clock.timeMs(now) - idleMs, kind -> kind != SubjectKind.WINDOW);
            }
            if (windowClock.isLive()) {
                board.passTime(windowClock.timeMs(now) - idleMs, kind -> kind == SubjectKind.WINDOW);
            }
        });
        context.schedule(FORGET, PunctuationType.WALL_CLOCK_TIME, now -> {
            if (clock.isKnown() || windowClock.isKnown()) {
                board.forgetOld(Math.max(clock.timeMs(now), windowClock.timeMs(now)));
            }
        });
    }

    @Override
    public void process(Record<String, Object> record) {
        Object value = record.value();
        if (value instanceof RoutedRecord routed) {
            if (!board.takeTerm(routed) && routed.getKind() == RecordKind.DEPTH && reads("depth")) {
                byte[] depth = routed.getValue().array();
                take(Observations.of(depthReader.read(depth), routed.getEventTimeMs()));
            }
        } else if (value instanceof SecondDone done) {
            done.seconds().forEach(this::passSecond);
        } else if (value instanceof MarketState state) {
            market(record.key(), state);
        } else if (value instanceof CascadeRisk risk) {
            if (board.reads(SubjectKind.MARKET, "cascade-risk")) {
                take(Observations.of(risk));
            }
        } else if (value instanceof MeasureSet measures) {
            if (reads("market-measures")) {
                take(Observations.of(measures));
            }
        } else if (value instanceof CascadeEpisode episode) {
            take(Observations.of(episode));
        } else if (value instanceof TakenBack episode) {
            if (episode.isCalm()) {
                take(Observations.of(episode));
            }
        } else if (value instanceof ForcedCell cell) {
            forced.take(cell);
            if (reads("liquidations")) {
                take(Observations.of(
                        cell.getMarket(), forced.of(cell.getMarket(), cell.getLastMs()), cell.getLastMs()));
            }
        } else if (value instanceof SystemState state) {
            take(Observations.of(state));
        } else if (value instanceof SystemMeasureSet measures) {
            Observation observation = Observations.of(measures);
            if (board.reads(observation.kind(), "system-measures")) {
                take(observation);
            }
        } else if (value instanceof WindowState window) {
            if (board.reads(SubjectKind.WINDOW, WindowMetrics.TOPICS)) {
                take(Observations.of(window), windowClock);
            }
        } else if (value instanceof AccountRisk risk) {
            if (board.reads(SubjectKind.ACCOUNT, "account-risk")) {
                take(Observations.of(risk));
            }
        } else if (value instanceof Alert parent) {
            board.takeParent(parent);
        } else if (value instanceof SubjectReading reading) {
            take(SubjectReadings.observation(reading));
        } else {
            throw new IllegalStateException("rules cannot be held against " + value);
        }
    }

    /** Windows are looked at when they close: their time goes with that of the windows. */
    private void passSecond(long lastMs) {
        board.passTime(lastMs, kind -> kind != SubjectKind.WINDOW);
        if ((lastMs + 1) % FORGET.toMillis() == 0) {
            board.forgetOld(lastMs);
        }
    }

    private void market(String market, MarketState state) {
        if (reads("market-state")) {
            take(Observations.of(state));
        }
        if (reads("liquidations")) {
            // What was said of the minute is not remembered over a restart: in event-time order it is said each time.
            ForcedVolume volume = topology.settings().isInEventOrder()
                    ? forced.ofKnown(market, state.getAsOfMs())
                    : forced.ofNextMinute(market, state.getAsOfMs());
            if (volume != null) {
                take(Observations.of(market, volume, state.getAsOfMs()));
            }
        }
    }

    private boolean reads(String source) {
        return board.reads(SubjectKind.MARKET, source);
    }

    private void take(Observation observation) {
        take(observation, clock);
    }

    private void take(Observation observation, EventClock clock) {
        clock.read(observation.asOfMs(), context().currentSystemTimeMs());
        board.take(observation);
    }
}
