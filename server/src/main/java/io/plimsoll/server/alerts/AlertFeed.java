package io.plimsoll.server.alerts;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.server.config.PlimsollConfig;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The alert board in memory, as the alerts topic has it, and its changes for those who listen. Every instance reads the
 * whole topic, so that each can answer for all.
 */
public final class AlertFeed implements AutoCloseable {

    /** Most alerts kept; what resolved longest ago goes first. */
    private static final int MOST_ALERTS = 50_000;

    /** Changes kept for those who come back. */
    private static final int MOST_CHANGES = 5_000;

    private static final Comparator<AlertChange> BY_PLACE =
            Comparator.comparingInt(AlertChange::partition).thenComparingLong(AlertChange::offset);

    /** Is told of changes, in order, on the feed's thread: it must return at once. */
    public interface Listener {
        void changed(AlertChange change);
    }

    /**
     * What a listener starts from.
     *
     * @param whole true: the board as it is; false: the changes since his position
     * @param changes of one partition in the order of their offsets
     */
    public record Backlog(boolean whole, List<AlertChange> changes) {}

    /**
     * The board at one moment.
     *
     * @param alerts by place
     * @param asOfMs event time of the newest record read, epoch milliseconds; 0: none
     * @param complete false while it is still being read from the beginning
     * @param behind records of the topic not read yet, as of checkedAtMs
     * @param checkedAtMs when Kafka last said where the topic ends, epoch milliseconds
     * @param leftOut alerts that did not fit
     * @param trouble why it cannot be read at present; null: it can
     */
    public record Board(
            List<AlertChange> alerts,
            long asOfMs,
            boolean complete,
            long behind,
            long checkedAtMs,
            long leftOut,
            @Nullable String trouble) {}

    private final int mostAlerts;
    private final int mostChanges;
    private final Map<String, AlertChange> board = new HashMap<>();
    private final Map<String, String> keyById = new HashMap<>();
    private final Deque<AlertChange> changes = new ArrayDeque<>();
    private final StreamPosition forgotten = StreamPosition.start();
    private final StreamPosition read = StreamPosition.start();
    private final Set<Listener> listeners = new LinkedHashSet<>();
    private final @Nullable TopicFollower<Alert> follower;
    private long asOfMs;
    private long leftOut;

    private AlertFeed(PlimsollConfig config, SchemaRegistryClient registry) {
        mostAlerts = MOST_ALERTS;
        mostChanges = MOST_CHANGES;
        follower = new TopicFollower<>(
                config,
                registry,
                Topics.ALERTS,
                (key, partition, offset, timestampMs, alert) ->
                        take(new AlertChange(key, partition, offset, timestampMs, alert)),
                Clock.systemUTC());
    }

    /** A feed that reads nothing by itself. */
    AlertFeed(int mostAlerts, int mostChanges) {
        this.mostAlerts = mostAlerts;
        this.mostChanges = mostChanges;
        this.follower = null;
    }

    /** Starts to read. */
    public static AlertFeed follow(PlimsollConfig config, SchemaRegistryClient registry) {
        AlertFeed feed = new AlertFeed(config, registry);
        if (feed.follower != null) {
            feed.follower.start();
        }
        return feed;
    }

    synchronized void take(AlertChange change) {
        AlertChange before = board.remove(change.key());
        if (before != null && before.alert() != null) {
            keyById.remove(before.alert().getId());
        }
        Alert alert = change.alert();
        if (alert != null) {
            makeRoom();
            board.put(change.key(), change);
            keyById.put(alert.getId(), change.key());
        }
        asOfMs = Math.max(asOfMs, change.timestampMs());
        read.advance(change.partition(), change.offset());
        changes.add(change);
        if (changes.size() > mostChanges) {
            AlertChange oldest = changes.remove();
            forgotten.advance(oldest.partition(), oldest.offset());
        }
        listeners.forEach(listener -> listener.changed(change));
    }

    private void makeRoom() {
        if (board.size() < mostAlerts) {
            return;
        }
        board.values().stream()
                .min(Comparator.comparing((AlertChange each) -> status(each) == AlertStatus.FIRING)
                        .thenComparing(each -> status(each) == AlertStatus.PENDING)
                        .thenComparingLong(AlertChange::timestampMs))
                .ifPresent(oldest -> {
                    board.remove(oldest.key());
                    if (oldest.alert() != null) {
                        keyById.remove(oldest.alert().getId());
                    }
                    leftOut++;
                });
    }

    private static @Nullable AlertStatus status(AlertChange change) {
        return change.alert() == null ? null : change.alert().getStatus();
    }

    /** The board now. */
    public synchronized Board board() {
        TopicFollower.Progress progress =
                follower == null ? new TopicFollower.Progress(true, 0, 0, null) : follower.progress();
        return new Board(
                board.values().stream().sorted(BY_PLACE).toList(),
                asOfMs,
                progress.complete(),
                progress.behind(),
                progress.checkedAtMs(),
                leftOut,
                progress.trouble());
    }

    /** The alert of an episode, while it is the newest of its rule and subject. */
    public synchronized Optional<Alert> alert(String id) {
        String key = keyById.get(id);
        AlertChange change = key == null ? null : board.get(key);
        return change == null ? Optional.empty() : Optional.ofNullable(change.alert());
    }

    /** True if the alert of that id is on the board and fires. */
    boolean isFiring(String id) {
        return alert(id)
                .filter(alert -> alert.getStatus() == AlertStatus.FIRING)
                .isPresent();
    }

    /** True once all has been read that was on the topic at the start. */
    public boolean isComplete() {
        return follower == null || follower.progress().complete();
    }

    /** The offset of a partition that was read last; -1: none. */
    synchronized long lastRead(int partition) {
        return read.last(partition);
    }

    /**
     * From now on the listener is told of every change, and of none before.
     *
     * @param position what he has already; null: nothing
     * @return what he missed; the whole board where that is no longer known change by change
     */
    public synchronized Backlog listen(Listener listener, @Nullable StreamPosition position) {
        listeners.add(listener);
        if (position == null || !position.covers(forgotten) || !read.covers(position)) {
            return new Backlog(true, board.values().stream().sorted(BY_PLACE).toList());
        }
        List<AlertChange> missed = new ArrayList<>();
        for (AlertChange change : changes) {
            if (!position.has(change)) {
                missed.add(change);
            }
        }
        return new Backlog(false, missed);
    }

    /** No more. */
    public synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    @Override
    public void close() {
        if (follower != null) {
            follower.close();
        }
    }
}
