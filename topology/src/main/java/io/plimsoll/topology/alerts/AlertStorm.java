package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.AlertState;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertReading;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Comparison;
import io.plimsoll.schemas.avro.RuleForm;
import io.plimsoll.schemas.avro.Severity;
import io.plimsoll.schemas.avro.SubjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps storms calm: a task writes so many alerts in a minute of event time at once, and what is not CRITICAL and comes
 * beyond waits for the next minute. Of one alert only the newest record waits. All but those of the system go under the
 * alert of the system that has the same label group.
 */
final class AlertStorm {

    /** Rule id of the alert that says how many wait. */
    static final String FOLDED = "alerts-folded";

    static final String GROUP = "group";

    private static final String WAITING = "waiting ";
    private static final String PARENT = "parent ";
    private static final long MINUTE_MS = 60_000;

    private final KeyValueStore<String, Alert> store;
    private final int perMinute;
    private final String name;
    private final BiConsumer<String, Alert> out;
    /** Keys of the alerts that wait. */
    private final TreeSet<String> waiting = new TreeSet<>();

    private long minute = Long.MIN_VALUE;
    private int written;
    private int folded;
    private @Nullable Alert told;

    /** @param name of the task, subject of the alert that says how many wait */
    AlertStorm(KeyValueStore<String, Alert> store, int perMinute, String name, BiConsumer<String, Alert> out) {
        this.store = store;
        this.perMinute = perMinute;
        this.name = name;
        this.out = out;
        try (KeyValueIterator<String, Alert> all = store.all()) {
            all.forEachRemaining(row -> {
                if (row.key.startsWith(WAITING)) {
                    waiting.add(row.key.substring(WAITING.length()));
                }
            });
        }
        told = store.get(FOLDED);
    }

    /** Writes an alert, now or when its turn comes. */
    void write(String key, Alert alert) {
        passTime(alert.getAsOfMs());
        if (waiting.remove(key)) {
            store.delete(WAITING + key);
            folded++;
        }
        if (alert.getSeverity() == Severity.CRITICAL || written < perMinute) {
            written++;
            out.accept(key, alert);
            return;
        }
        waiting.add(key);
        store.put(WAITING + key, alert);
        if (told == null) {
            tell(alert.getAsOfMs(), AlertStatus.FIRING);
        }
    }

    /** Writes what waits when the next minute of event time has come. */
    void passTime(long eventTimeMs) {
        if (Math.floorDiv(eventTimeMs, MINUTE_MS) <= minute) {
            return;
        }
        minute = Math.floorDiv(eventTimeMs, MINUTE_MS);
        written = 0;
        List<String> turn = new ArrayList<>(waiting).subList(0, Math.min(perMinute, waiting.size()));
        for (String key : turn) {
            waiting.remove(key);
            Alert alert = store.delete(WAITING + key);
            if (alert != null) {
                written++;
                out.accept(key, alert);
            }
        }
        if (waiting.isEmpty() && told != null) {
            tell(eventTimeMs, AlertStatus.RESOLVED);
        }
    }

    private void tell(long eventTimeMs, AlertStatus status) {
        boolean over = status == AlertStatus.RESOLVED;
        long sinceMs = told == null ? eventTimeMs : told.getSinceMs();
        Alert alert = new Alert(
                AlertState.idOf(FOLDED, name, sinceMs),
                FOLDED,
                SubjectKind.SYSTEM,
                name,
                status,
                Severity.WARNING,
                over ? 1 : 0,
                sinceMs,
                sinceMs,
                over ? (Long) eventTimeMs : null,
                eventTimeMs,
                0L,
                null,
                null,
                List.of(new AlertReading(
                        "alertsPerMinute",
                        RuleForm.LEVEL,
                        null,
                        Comparison.ABOVE,
                        (double) (over ? written : perMinute),
                        (double) perMinute,
                        "",
                        !over)),
                List.of(),
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                over
                        ? "All alerts of " + name + " are written again; " + folded
                                + " were overtaken by newer ones while" + " they waited."
                        : "More than " + perMinute + " alerts of " + name
                                + " in a minute: those that are not critical wait" + " their turn.");
        told = over ? null : alert;
        if (over) {
            folded = 0;
            store.delete(FOLDED);
        } else {
            store.put(FOLDED, alert);
        }
        out.accept(AlertState.key(FOLDED, name), alert);
    }

    /** Takes an alert of the system; gives the group whose alerts now go under another than before, null: none. */
    @Nullable
    String takeParent(Alert alert) {
        String group = alert.getLabels().get(GROUP);
        if (group == null) {
            return null;
        }
        Alert before = store.get(PARENT + group);
        if (alert.getStatus() == AlertStatus.FIRING) {
            if (before != null && before.getStatus() == AlertStatus.FIRING) {
                return null;
            }
            store.put(PARENT + group, alert);
            return group;
        }
        if (before != null && before.getId().equals(alert.getId())) {
            store.delete(PARENT + group);
            return group;
        }
        return null;
    }

    /** Id of the alert that those with such labels go under; null: none. */
    @Nullable
    String parentOf(Map<String, String> labels) {
        String group = labels.get(GROUP);
        Alert parent = group == null ? null : store.get(PARENT + group);
        return parent == null ? null : parent.getId();
    }
}
