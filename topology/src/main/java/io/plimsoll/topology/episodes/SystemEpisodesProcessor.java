package io.plimsoll.topology.episodes;

import io.plimsoll.risk.episode.CascadeEpisode;
import io.plimsoll.risk.episode.CascadeEpisodes;
import io.plimsoll.risk.episode.CascadeThresholds;
import io.plimsoll.risk.episode.ForcedMinute;
import io.plimsoll.topology.CascadeSettings;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.avro.ForcedCell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Adds the markets' minutes up, and publishes the episodes of all markets together, with the markets in the order in which
 * their own began.
 *
 * <p>Minutes come as they are now, not as differences, so that one that comes twice changes nothing. Those of one market
 * may be ahead of another's, by hours in a replay: all is looked at anew when something comes, for
 * {@value #MEMORIES} times the memory.
 */
final class SystemEpisodesProcessor extends ContextualProcessor<String, ForcedCell, String, Object> {

    static final String MINUTES = "system-forced-minutes";

    /** How much longer than a market's minutes those of the system may change. */
    private static final int MEMORIES = 4;

    private static final Duration PUBLISH = Duration.ofSeconds(1);

    private final CascadeThresholds thresholds;
    private final MarketEpisodes marketEpisodes;
    private final long memoryMinutes;
    private final TreeMap<Long, ForcedMinute> sums = new TreeMap<>();
    private ForcedMinutes markets;
    private EpisodeBoard board;
    private boolean due;
    private long lastAtMs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    SystemEpisodesProcessor(CascadeSettings settings) {
        this.thresholds = settings.systemThresholds();
        this.marketEpisodes = new MarketEpisodes(settings);
        this.memoryMinutes = settings.memory().toMinutes() * MEMORIES;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        markets = new ForcedMinutes(context.getStateStore(MINUTES));
        board = new EpisodeBoard(
                context.getStateStore(MonitorStores.SYSTEM_CASCADES),
                (key, value, timeMs) -> context.forward(new Record<>(key, value, timeMs)));
        markets.all().values().forEach(market -> market.minutes.keySet().forEach(this::sum));
        due = !sums.isEmpty();
        lastAtMs = context.currentSystemTimeMs();
        context.schedule(PUBLISH, PunctuationType.WALL_CLOCK_TIME, this::publish);
    }

    @Override
    public void process(Record<String, ForcedCell> record) {
        ForcedCell cell = record.value();
        long minute = cell.getMinute();
        boolean isNewest = !sums.isEmpty() && minute > sums.lastKey();
        if (isNewest && due) {
            publishAsOf(ForcedMinute.startMs(minute));
        }
        if (minute < keptFrom() || !markets.replace(cell)) {
            return;
        }
        sum(minute);
        due = true;
        lastAtMs = context().currentSystemTimeMs();
        if (isNewest) {
            sums.headMap(keptFrom()).clear();
            markets.all().keySet().forEach(market -> markets.forgetBefore(market, keptFrom()));
        }
    }

    private void sum(long minute) {
        ForcedMinute sum = ForcedMinute.NONE;
        for (ForcedMinutes.OfMarket market : markets.all().values()) {
            ForcedMinute its = market.minutes.get(minute);
            sum = its == null ? sum : sum.plus(its);
        }
        sums.put(minute, sum);
    }

    /** The first minute that may still change; episodes that begin before it are settled. */
    private long openFrom() {
        return sums.isEmpty() ? 0 : sums.lastKey() - memoryMinutes;
    }

    private long keptFrom() {
        return openFrom() - thresholds.historyMinutes() - memoryMinutes;
    }

    private void publish(long nowMs) {
        if (due) {
            publishAsOf(newestMs() + Math.max(0, nowMs - lastAtMs));
        }
    }

    private long newestMs() {
        long newest = Long.MIN_VALUE;
        for (ForcedMinutes.OfMarket market : markets.all().values()) {
            newest = Math.max(newest, market.newestMs);
        }
        return newest;
    }

    private void publishAsOf(long nowMs) {
        due = false;
        long knownSince = Long.MAX_VALUE;
        for (ForcedMinutes.OfMarket market : markets.all().values()) {
            knownSince = Math.min(knownSince, market.knownSinceMinute);
        }
        List<EpisodeBoard.Entry> entries = new ArrayList<>();
        Map<String, List<CascadeEpisode>> byMarket = new HashMap<>();
        for (CascadeEpisode each : CascadeEpisodes.find(sums, knownSince, thresholds, nowMs)) {
            if (each.startMinute() >= openFrom()) {
                if (byMarket.isEmpty()) {
                    markets.all()
                            .forEach((market, known) -> byMarket.put(
                                    market, marketEpisodes.from(openFrom() - memoryMinutes, known, nowMs)));
                }
                entries.add(entry(each, byMarket));
                due |= !each.isOver();
            }
        }
        board.update(Cascades.SYSTEM, openFrom(), entries);
    }

    private EpisodeBoard.Entry entry(CascadeEpisode episode, Map<String, List<CascadeEpisode>> byMarket) {
        Map<String, CascadeEpisode> own = new HashMap<>();
        int others = 0;
        for (Map.Entry<String, ForcedMinutes.OfMarket> each : markets.all().entrySet()) {
            byMarket.getOrDefault(each.getKey(), List.of()).stream()
                    .filter(its -> its.isWithin(episode, thresholds.windowMinutes()))
                    .findFirst()
                    .ifPresent(its -> own.put(each.getKey(), its));
            boolean active =
                    each
                            .getValue()
                            .minutes
                            .subMap(episode.startMinute(), true, episode.endMinute(), true)
                            .values()
                            .stream()
                            .anyMatch(minute -> minute.trades() > 0);
            others += active && !own.containsKey(each.getKey()) ? 1 : 0;
        }
        return new EpisodeBoard.Entry(
                episode, EpisodeRecords.system(Cascades.SYSTEM, episode, own, others, newestMs()));
    }
}
