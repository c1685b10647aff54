package io.plimsoll.topology.alerts;

import io.plimsoll.risk.alert.AlertMemory;
import io.plimsoll.risk.alert.AlertState;
import io.plimsoll.risk.alert.AlertStatus;
import io.plimsoll.risk.alert.Contributor;
import io.plimsoll.risk.alert.HistoryKey;
import io.plimsoll.risk.alert.HistoryMemory;
import io.plimsoll.risk.alert.StandingMemory;
import io.plimsoll.risk.alert.SubjectKind;
import io.plimsoll.topology.avro.AlertHistory;
import io.plimsoll.topology.avro.AlertStanding;
import io.plimsoll.topology.avro.ReadingContributor;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What the engine must know again after a restart, in two stores. */
final class StoredAlerts implements AlertMemory {

    private static final char END = '\u0000';

    private final KeyValueStore<String, AlertStanding> standings;
    private final KeyValueStore<String, AlertHistory> histories;

    StoredAlerts(KeyValueStore<String, AlertStanding> standings, KeyValueStore<String, AlertHistory> histories) {
        this.standings = standings;
        this.histories = histories;
    }

    @Override
    public void put(StandingMemory standing) {
        standings.put(AlertState.key(standing.ruleId(), standing.subject()), record(standing));
    }

    @Override
    public void forget(String ruleId, String subject) {
        standings.delete(AlertState.key(ruleId, subject));
    }

    @Override
    public void put(HistoryKey key, HistoryMemory history) {
        histories.put(
                name(key),
                new AlertHistory(
                        key.kind().name(),
                        key.subject(),
                        key.metric(),
                        key.windowMs(),
                        history.newest(),
                        history.leftBucket(),
                        history.left(),
                        history.values()));
    }

    @Override
    public void forget(HistoryKey key) {
        histories.delete(name(key));
    }

    private static String name(HistoryKey key) {
        return key.kind().name() + END + key.subject() + END + key.metric() + END + key.windowMs();
    }

    void forEachHistory(BiConsumer<HistoryKey, HistoryMemory> reader) {
        try (KeyValueIterator<String, AlertHistory> all = histories.all()) {
            all.forEachRemaining(row -> reader.accept(
                    new HistoryKey(
                            SubjectKind.valueOf(row.value.getKind()),
                            row.value.getSubject(),
                            row.value.getMetric(),
                            row.value.getWindowMs()),
                    new HistoryMemory(
                            row.value.getNewest(),
                            row.value.getLeftBucket(),
                            row.value.getLeft(),
                            row.value.getValues())));
        }
    }

    void forEachStanding(Consumer<StandingMemory> reader) {
        try (KeyValueIterator<String, AlertStanding> all = standings.all()) {
            all.forEachRemaining(row -> reader.accept(memory(row.value)));
        }
    }

    private static AlertStanding record(StandingMemory memory) {
        return new AlertStanding(
                memory.ruleId(),
                memory.subject(),
                memory.fingerprint(),
                memory.status() == null ? null : memory.status().name(),
                memory.sequence(),
                memory.timeMs(),
                memory.sinceMs(),
                memory.firedMs(),
                memory.resolvedMs(),
                memory.dueMs(),
                memory.repeatDueMs(),
                memory.pausedMs(),
                memory.held(),
                memory.missing(),
                memory.found(),
                memory.evidenceMs(),
                memory.stalenessMs(),
                memory.coverageLong(),
                memory.coverageShort(),
                records(memory.contributors()),
                memory.acknowledgedBy(),
                memory.silencedUntilMs());
    }

    private static StandingMemory memory(AlertStanding record) {
        String status = record.getStatus();
        return new StandingMemory(
                record.getRuleId(),
                record.getSubject(),
                record.getFingerprint(),
                status == null ? null : AlertStatus.valueOf(status),
                record.getSequence(),
                record.getTimeMs(),
                record.getSinceMs(),
                record.getFiredMs(),
                record.getResolvedMs(),
                record.getDueMs(),
                record.getRepeatDueMs(),
                record.getPausedMs(),
                record.getHeld(),
                record.getMissing(),
                record.getFound(),
                record.getEvidenceMs(),
                record.getStalenessMs(),
                record.getCoverageLong(),
                record.getCoverageShort(),
                contributors(record.getContributors()),
                record.getAcknowledgedBy(),
                record.getSilencedUntilMs());
    }

    static List<ReadingContributor> records(List<Contributor> contributors) {
        return contributors.stream()
                .map(each -> new ReadingContributor(each.kind(), each.name(), each.value(), each.unit()))
                .toList();
    }

    static List<Contributor> contributors(List<ReadingContributor> records) {
        return records.stream()
                .map(each -> new Contributor(each.getKind(), each.getName(), each.getValue(), each.getUnit()))
                .toList();
    }
}
