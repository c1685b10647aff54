package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.topology.LatestStore;
import io.plimsoll.topology.MonitorStores;
import io.plimsoll.topology.TopologyContext;
import io.plimsoll.topology.avro.FeedReport;
import io.plimsoll.topology.avro.RoutedRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Holds the rules against how feeds do. The one place where time is the wall clock's: a feed that has fallen silent has no
 * event time.
 */
final class FeedAlertsProcessor extends ContextualProcessor<String, Object, String, Alert> {

    static final String REPORTS = "feed-reports";

    /** How long after a start nothing is called silent: what waits in the topics must be read first. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final char END = '\u0000';

    private final AlertStores stores;
    private final TopologyContext topology;
    private final Map<String, Feed> feeds = new TreeMap<>();
    private KeyValueStore<String, FeedReport> reports;
    private KeyValueStore<String, FeedMoment> moments;
    private AlertBoard board;
    private long startedAtMs;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    FeedAlertsProcessor(AlertStores stores, TopologyContext topology) {
        this.stores = stores;
        this.topology = topology;
    }

    @Override
    public void init(ProcessorContext<String, Alert> context) {
        super.init(context);
        startedAtMs = context.currentSystemTimeMs();
        reports = context.getStateStore(REPORTS);
        moments = LatestStore.emptied(context, MonitorStores.FEEDS);
        board = new AlertBoard(
                context,
                stores,
                Set.of(SubjectKind.FEED),
                topology.settings().alerts(),
                topology.reader(Topics.RULES),
                topology.reader(Topics.ALERT_ACTIONS));
        try (KeyValueIterator<String, FeedReport> all = reports.all()) {
            all.forEachRemaining(row -> feed(row.value).restore(row.value));
        }
        feeds.forEach((name, feed) -> moments.put(name, feed.moment(startedAtMs, startedAtMs)));
        context.schedule(AlertsProcessor.TICK, PunctuationType.WALL_CLOCK_TIME, this::look);
        context.schedule(AlertsProcessor.FORGET, PunctuationType.WALL_CLOCK_TIME, board::forgetOld);
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof FeedReport report) {
            reports.put(report.getFeed() + END + report.getPartition(), report);
            feed(report).take(report, context().currentSystemTimeMs());
        } else if (record.value() instanceof RoutedRecord routed) {
            board.takeTerm(routed);
        } else if (record.value() instanceof Alert parent) {
            board.takeParent(parent);
        } else {
            throw new IllegalStateException("feeds cannot be judged by " + record.value());
        }
    }

    private Feed feed(FeedReport report) {
        return feeds.computeIfAbsent(report.getFeed(), name -> new Feed());
    }

    private void look(long nowMs) {
        long newestMs = Long.MIN_VALUE;
        for (Feed feed : feeds.values()) {
            newestMs = feed.isLive() ? Math.max(newestMs, feed.newestEventMs()) : newestMs;
        }
        boolean mayBeWaiting = nowMs - startedAtMs < GRACE.toMillis();
        for (Map.Entry<String, Feed> each : feeds.entrySet()) {
            Feed feed = each.getValue();
            FeedMoment moment = feed.moment(startedAtMs, nowMs);
            moments.put(each.getKey(), moment);
            boolean unread = mayBeWaiting && feed.lastReadMs() < startedAtMs;
            boolean judged = feed.isLive() || newestMs != Long.MIN_VALUE && feed.isLate();
            if (judged && !unread) {
                board.take(Observations.of(each.getKey(), FeedReading.of(moment, newestMs, nowMs), nowMs));
            }
        }
        board.passTime(nowMs, kind -> true);
    }
}
