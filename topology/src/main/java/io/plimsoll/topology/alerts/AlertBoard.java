package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.AlertEngine;
import io.plimsoll.risk.alert.AlertRule;
import io.plimsoll.risk.alert.AlertState;
import io.plimsoll.risk.alert.Metric;
import io.plimsoll.risk.alert.Observation;
import io.plimsoll.risk.alert.StandingMemory;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.schemas.AvroDeserializer;
import io.plimsoll.schemas.avro.Alert;
import io.plimsoll.schemas.avro.AlertAction;
import io.plimsoll.schemas.avro.AlertStatus;
import io.plimsoll.schemas.avro.Rule;
import io.plimsoll.topology.AlertSettings;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The alerts of one task: the rules in force, where they stand, and what is on the board.
 *
 * <p>All that decides is in stores, which are committed together with what was read and written. So an observation that
 * is processed again after a crash gives the same records.
 */
final class AlertBoard {

    private final ProcessorContext<String, Alert> context;
    private final Set<SubjectKind> kinds;
    private final AlertSettings settings;
    private final AvroDeserializer<Rule> ruleReader;
    private final AvroDeserializer<AlertAction> actionReader;
    private final KeyValueStore<String, Alert> board;
    private final KeyValueStore<String, RoutedRecord> terms;
    private final StoredAlerts stored;
    private final AlertEngine engine;
    private final AlertStorm storm;

    AlertBoard(
            ProcessorContext<String, Alert> context,
            AlertStores stores,
            Set<SubjectKind> kinds,
            AlertSettings settings,
            AvroDeserializer<Rule> ruleReader,
            AvroDeserializer<AlertAction> actionReader) {
        this.context = context;
        this.kinds = kinds;
        this.settings = settings;
        this.ruleReader = ruleReader;
        this.actionReader = actionReader;
        board = context.getStateStore(stores.board());
        terms = context.getStateStore(stores.terms());
        stored = new StoredAlerts(context.getStateStore(stores.standings()), context.getStateStore(stores.histories()));
        Map<SubjectKind, List<Metric>> metrics = new EnumMap<>(SubjectKind.class);
        kinds.forEach(kind -> metrics.put(kind, Metrics.of(kind)));
        engine = new AlertEngine(metrics, stored, this::write);
        storm = new AlertStorm(
                context.getStateStore(stores.storms()),
                settings.rate(),
                stores.board() + "/" + context.taskId().partition(),
                this::publish);
        restore();
    }

    private void restore() {
        List<String> unusable = new ArrayList<>();
        try (KeyValueIterator<String, RoutedRecord> all = terms.all()) {
            all.forEachRemaining(row -> {
                try {
                    take(row.value);
                } catch (IllegalArgumentException e) {
                    unusable.add(row.key); // an older version took it: what it has fired is resolved below
                }
            });
        }
        unusable.forEach(terms::delete);
        stored.forEachHistory(engine::restore);
        List<StandingMemory> orphans = new ArrayList<>();
        stored.forEachStanding(standing -> {
            if (!engine.restore(standing) && standing.isOpen()) {
                orphans.add(standing);
            }
        });
        orphans.forEach(this::resolveOrphan);
    }

    private void resolveOrphan(StandingMemory standing) {
        String key = AlertState.key(standing.ruleId(), standing.subject());
        stored.forget(standing.ruleId(), standing.subject());
        Alert last = board.get(key);
        if (last != null && last.getStatus() != AlertStatus.RESOLVED) {
            put(
                    key,
                    Alert.newBuilder(last)
                            .setStatus(AlertStatus.RESOLVED)
                            .setSequence(last.getSequence() + 1)
                            .setResolvedMs(last.getAsOfMs())
                            .setSentence("Over as the rule was changed or removed. " + last.getSentence())
                            .build());
        }
    }

    /** Takes a rule or an action; true where it is one. */
    boolean takeTerm(RoutedRecord routed) {
        if (routed.getKind() != RecordKind.RULE && routed.getKind() != RecordKind.ALERT_ACTION) {
            return false;
        }
        String key = routed.getKind() + " " + routed.getKey();
        if (routed.getValue() == null) {
            terms.delete(key);
            if (routed.getKind() == RecordKind.RULE) {
                engine.removeRule(routed.getKey());
            } else {
                engine.removeAction(routed.getKey());
            }
        } else if (take(routed)) {
            terms.put(key, routed);
        } else {
            terms.delete(key);
        }
        return true;
    }

    /** False where it is a rule about other kinds of subjects. */
    private boolean take(RoutedRecord routed) {
        byte[] value = routed.getValue().array();
        if (routed.getKind() == RecordKind.ALERT_ACTION) {
            engine.put(RuleRecords.action(actionReader.read(value)));
            return true;
        }
        AlertRule rule = RuleRecords.rule(ruleReader.read(value));
        if (kinds.contains(rule.kind())) {
            engine.put(rule);
            return true;
        }
        engine.removeRule(rule.id());
        return false;
    }

    /** Whether any rule asks for a metric of that source: nobody need read it otherwise. */
    boolean reads(SubjectKind kind, String source) {
        return engine.reads(kind, source);
    }

    void take(Observation observation) {
        engine.take(observation);
    }

    /** Lets time pass for subjects of some kinds. */
    void passTime(long eventTimeMs, Predicate<SubjectKind> kinds) {
        if (engine.openAlerts() > 0) {
            engine.passTime(eventTimeMs, kinds);
        }
        storm.passTime(eventTimeMs);
    }

    /** Takes off the board what was resolved long ago. */
    void forgetOld(long eventTimeMs) {
        long beforeMs = eventTimeMs - settings.kept().toMillis();
        List<KeyValue<String, Alert>> old = new ArrayList<>();
        try (KeyValueIterator<String, Alert> all = board.all()) {
            all.forEachRemaining(row -> {
                Long resolvedMs = row.value.getResolvedMs();
                if (resolvedMs != null && resolvedMs < beforeMs) {
                    old.add(row);
                }
            });
        }
        for (KeyValue<String, Alert> row : old) {
            board.delete(row.key);
            engine.forgetResolved(row.value.getRuleId(), row.value.getSubject());
            context.forward(new Record<>(row.key, null, eventTimeMs));
        }
    }

    /** Takes an alert of the system, under which those of its group go from now on, or no longer. */
    void takeParent(Alert parent) {
        String group = storm.takeParent(parent);
        if (group != null) {
            engine.writeAgain(rule -> group.equals(rule.labels().get(AlertStorm.GROUP)));
        }
    }

    private void write(AlertState state) {
        Alert alert = AlertRecords.alert(state);
        if (state.rule().kind() != SubjectKind.SYSTEM) {
            alert.setParent(storm.parentOf(state.rule().labels()));
        }
        put(state.key(), alert);
    }

    private void put(String key, Alert alert) {
        board.put(key, alert);
        storm.write(key, alert);
    }

    private void publish(String key, Alert alert) {
        if (alert.getRuleId().equals(AlertStorm.FOLDED)) {
            board.put(key, alert);
        }
        context.forward(new Record<>(key, alert, alert.getAsOfMs(), AlertRecords.headers(alert)));
    }
}
