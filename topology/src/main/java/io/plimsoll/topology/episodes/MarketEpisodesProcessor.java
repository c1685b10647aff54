package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.risk.episode.PriceMove;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.DeadLetter;
import io.plimsoll.schemas.avro.DeadLetterReason;
import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.topology.DeadLetters;
import io.plimsoll.topology.MonitorSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.ForcedCell;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.avro.Tick;
import io.plimsoll.topology.markets.MarketStates;
import io.plimsoll.topology.order.SecondDone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts a market's liquidations by minute, each once, and publishes the episodes in them; forwards the minutes that
 * changed for the system.
 *
 * <p>Episodes are looked for anew in all minutes that are kept, so that they depend on what was read and not on its order.
 * Event time is taken to go on at the pace of the wall clock when nothing comes, so that the last episode ends.
 */
final class MarketEpisodesProcessor extends ContextualProcessor<String, Object, String, Object> {

    static final String MINUTES = "forced-minutes";
    static final String TRADES = "counted-trades";
    static final String PRICES = "price-minutes";

    private static final Duration PUBLISH = Duration.ofSeconds(1);
    private static final Duration FORGET = Duration.ofMinutes(10);
    private static final long HOUR = 60;

    private final MonitorSettings settings;
    private final AvroDeserializer<Liquidation> reader;
    private final MarketEpisodes episodes;

    /** Minutes of each market that the system has not been told. */
    private final Map<String, Set<Long>> changed = new HashMap<>();
    /** Markets in which there may be something new to publish, or an episode is not over. */
    private final Set<String> due = new HashSet<>();
    /** Minutes whose prices episodes that may still change were given. */
    private final Map<String, long[]> pricesUsed = new HashMap<>();

    private final Map<String, Long> lastAtMs = new HashMap<>();
    private ForcedMinutes minutes;
    private CountedTrades trades;
    private PriceMinutes prices;
    private EpisodeBoard board;
    private UnknownMarkets unknown;
    private long startedAtMs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    MarketEpisodesProcessor(MonitorSettings settings, AvroDeserializer<Liquidation> reader) {
        this.settings = settings;
        this.reader = reader;
        this.episodes = new MarketEpisodes(settings.cascades());
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        long memoryMs = settings.cascades().memory().toMillis();
        startedAtMs = context.currentSystemTimeMs();
        minutes = new ForcedMinutes(context.getStateStore(MINUTES));
        trades = new CountedTrades(context.getStateStore(TRADES), memoryMs);
        prices = new PriceMinutes(
                context.getStateStore(PRICES), settings.cascades().memory().toMinutes());
        board = new EpisodeBoard(context.getStateStore(MonitorStores.CASCADES), this::forward);
        KeyValueStore<String, RoutedRecord> quotes = context.getStateStore(MarketStates.QUOTES);
        unknown = new UnknownMarkets(
                market -> quotes.get(MarketStates.instrumentKey(market)) != null, settings.unknownInstrumentGrace());
        // What was held back when the last run ended is forwarded again; it says the same.
        minutes.all().forEach((market, known) -> {
            due.add(market);
            if (!settings.isInEventOrder()) {
                minutes.forEachFrom(market, episodes.openFrom(known), cell -> changed(market, cell.getMinute()));
            }
        });
        context.schedule(
                PUBLISH,
                PunctuationType.WALL_CLOCK_TIME,
                settings.isInEventOrder() ? this::reportUnknown : this::publish);
        context.schedule(FORGET, PunctuationType.WALL_CLOCK_TIME, now -> forget());
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof SecondDone done) {
            secondDone(done);
        } else if (record.value() instanceof RoutedRecord routed) {
            take(routed);
        } else {
            throw new IllegalStateException("a cascade cannot use " + record.value());
        }
    }

    /** In event-time order all is published here, and nothing by the clock. */
    private void secondDone(SecondDone done) {
        if (done.hadRecords()) {
            for (String market : new TreeSet<>(due)) {
                publish(market, Math.max(minutes.of(market).newestMs, done.toMs()));
            }
            new TreeSet<>(changed.keySet()).forEach(this::tellSystem);
        }
    }

    private void take(RoutedRecord routed) {
        switch (routed.getKind()) {
            case LIQUIDATION -> liquidation(routed);
            case PRICE -> price(routed);
            case INSTRUMENT -> {
                // Forced volume needs none.
            }
            default -> throw new IllegalStateException("a cascade cannot use " + routed);
        }
    }

    private void liquidation(RoutedRecord routed) {
        String market = routed.getKey();
        ForcedMinutes.OfMarket known = minutes.of(market);
        long minute = ForcedMinute.minuteOf(routed.getEventTimeMs());
        if (minute < episodes.openFrom(known)) {
            forward(market, tooLate(routed, episodes.openFrom(known)), routed.getEventTimeMs());
            return;
        }
        unknown.came(routed, context().currentSystemTimeMs());
        if (minute > known.newestMinute()) {
            // Before what is settled by it: an episode must not be lost where event time takes a leap.
            publish(market, routed.getEventTimeMs());
            tellSystem(market);
        }
        Liquidation liquidation = reader.read(routed.getValue().array());
        ForcedMinute its = trades.of(liquidation, routed, Math.max(known.newestMs, routed.getEventTimeMs()));
        boolean isNew = minutes.add(market, routed.getEventTimeMs(), its, routed.getPartition(), routed.getOffset());
        lastAtMs.put(market, context().currentSystemTimeMs());
        if (isNew) {
            changed(market, minute);
            if (episodes.mayMatter(known, minute)) {
                due.add(market);
            }
            minutes.forgetBefore(market, episodes.neededFrom(known));
        }
    }

    private void price(RoutedRecord routed) {
        Tick tick = routed.getTicks().get(0);
        prices.add(routed.getKey(), tick.getMarkPrice(), tick.getEventTimeMs());
        long[] used = pricesUsed.get(routed.getKey());
        long minute = ForcedMinute.minuteOf(tick.getEventTimeMs());
        if (used != null && minute >= used[0] && minute <= used[1]) {
            due.add(routed.getKey());
        }
    }

    private static DeadLetter tooLate(RoutedRecord routed, long fromMinute) {
        return DeadLetters.of(
                routed,
                Topics.LIQUIDATIONS.name(),
                DeadLetterReason.TIMESTAMP_OUT_OF_RANGE,
                "timestamp is " + Instant.ofEpochMilli(routed.getEventTimeMs()) + ", allowed is "
                        + Instant.ofEpochMilli(ForcedMinute.startMs(fromMinute))
                        + " or later: monitor.cascadeMemory before the newest liquidation of " + routed.getKey());
    }

    private void publish(long nowMs) {
        for (String market : List.copyOf(due)) {
            long pausedMs = nowMs - lastAtMs.getOrDefault(market, startedAtMs);
            publish(market, minutes.of(market).newestMs + Math.max(0, pausedMs));
        }
        new TreeSet<>(changed.keySet()).forEach(this::tellSystem);
        reportUnknown(nowMs);
    }

    private void reportUnknown(long nowMs) {
        unknown.report(nowMs, letter -> forward("", letter, letter.getTimestampMs()));
    }

    /** Publishes what is new of a market as of an event time. */
    private void publish(String market, long nowMs) {
        if (!due.remove(market)) {
            return;
        }
        ForcedMinutes.OfMarket known = minutes.of(market);
        List<CascadeEpisode> found = episodes.open(known, nowMs);
        List<EpisodeBoard.Entry> entries = new ArrayList<>();
        for (CascadeEpisode each : found) {
            PriceMove move = PriceMove.of(each, prices.between(market, each.startMinute() - HOUR, each.endMinute()));
            entries.add(new EpisodeBoard.Entry(each, EpisodeRecords.market(market, each, move, known.newestMs)));
            if (!each.isOver()) {
                due.add(market);
            }
        }
        board.update(market, episodes.openFrom(known), entries);
        if (found.isEmpty()) {
            pricesUsed.remove(market);
        } else {
            pricesUsed.put(market, new long[] {
                found.get(0).startMinute() - HOUR, found.get(found.size() - 1).endMinute()
            });
        }
    }

    private void changed(String market, long minute) {
        changed.computeIfAbsent(market, m -> new TreeSet<>()).add(minute);
    }

    private void tellSystem(String market) {
        Set<Long> its = changed.remove(market);
        if (its != null) {
            for (Long minute : its) {
                @Nullable ForcedCell cell = minutes.cell(market, minute);
                if (cell != null) {
                    forward(market, cell, ForcedMinute.startMs(minute));
                }
            }
        }
    }

    private void forget() {
        trades.forget(market -> minutes.of(market).newestMs);
    }

    private void forward(String key, Object value, long eventTimeMs) {
        context().forward(new Record<>(key, value, eventTimeMs));
    }
}
