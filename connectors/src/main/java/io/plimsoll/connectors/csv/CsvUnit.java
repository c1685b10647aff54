package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordedRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Makes records of tables that are read together: sums run over all of them, and they are merged by time. */
final class CsvUnit {

    private record Pending(RecordedRecord record, long order) {}

    /** Between two rows there is room for the tombstones that come before the second. */
    private static final long ORDER_STEP = 2;

    private final Mapping mapping;
    private final Consumer<InputException> refused;
    private final Snapshots snapshots = new Snapshots();
    private long rows;
    private long unusedRows;
    private long order;

    /** @param refused is told of each row that cannot be used; the others are if it returns */
    CsvUnit(Mapping mapping, Consumer<InputException> refused) {
        this.mapping = mapping;
        this.refused = refused;
    }

    long rows() {
        return rows;
    }

    long unusedRows() {
        return unusedRows;
    }

    Snapshots snapshots() {
        return snapshots;
    }

    /** @throws InputException if the table lacks a column that a rule for it reads */
    void check(CsvTable table) {
        rulesFor(table.file()).forEach(rule -> rule.check(table));
    }

    /**
     * The records of the tables, in the order in which they are to be written.
     *
     * @param first whether the mapping's constants come before them
     */
    List<RecordedRecord> records(List<CsvTable> tables, boolean first) {
        Map<RecordRule, Set<CsvRow>> unfit = prepared(tables);
        List<Pending> pending = new ArrayList<>();
        tables.forEach(table -> read(table, unfit, pending));
        for (Snapshots.Gone gone : snapshots.gone(refused)) {
            pending.add(new Pending(
                    new RecordedRecord(gone.topic(), gone.key(), gone.timestampMs(), null), gone.order() - 1));
        }
        Comparator<Pending> byOrder = Comparator.comparingLong(Pending::order);
        Comparator<Pending> byTime = Comparator.comparingLong(each -> each.record.timestampMs());
        pending.sort(mapping.byTime() ? byTime.thenComparing(byOrder) : byOrder);
        List<RecordedRecord> records = new ArrayList<>();
        if (first) {
            addConstants(pending, records);
        }
        pending.forEach(each -> records.add(each.record));
        return records;
    }

    /** Lets sums see all rows; gives those that did not fit, which are not looked at again. */
    private Map<RecordRule, Set<CsvRow>> prepared(List<CsvTable> tables) {
        mapping.rules().forEach(RecordRule::reset);
        Map<RecordRule, Set<CsvRow>> unfit = new IdentityHashMap<>();
        for (CsvTable table : tables) {
            for (RecordRule rule : rulesFor(table.file())) {
                for (CsvRow row : table.rows()) {
                    try {
                        if (rule.isFor(row)) {
                            rule.prepare(row);
                        }
                    } catch (InputException e) {
                        refused.accept(e);
                        unfit.computeIfAbsent(rule, each -> Collections.newSetFromMap(new IdentityHashMap<>()))
                                .add(row);
                    }
                }
            }
        }
        return unfit;
    }

    private List<RecordRule> rulesFor(Path file) {
        return mapping.rules().stream().filter(rule -> rule.isFor(file)).toList();
    }

    private void read(CsvTable table, Map<RecordRule, Set<CsvRow>> unfit, List<Pending> pending) {
        List<RecordRule> rules = rulesFor(table.file());
        long fileOrder = order;
        for (CsvRow row : table.rows()) {
            rows++;
            boolean used = false;
            for (RecordRule rule : rules) {
                if (rule.isFor(row)) {
                    used = true;
                    order += ORDER_STEP;
                    if (!unfit.getOrDefault(rule, Set.of()).contains(row)) {
                        add(rule, row, fileOrder, pending);
                    }
                }
            }
            unusedRows += used ? 0 : 1;
        }
    }

    private void add(RecordRule rule, CsvRow row, long fileOrder, List<Pending> pending) {
        RecordRule.Made made;
        try {
            made = rule.make(row);
        } catch (InputException e) {
            refused.accept(e);
            return;
        }
        String scope = made.scope();
        if (scope != null) {
            long timeOrFile = rule.snapshot() == SnapshotKind.TIME ? made.timestampMs() : fileOrder;
            snapshots.add(rule.topic(), scope, made.key(), made.timestampMs(), timeOrFile, order, row.place());
        }
        pending.add(new Pending(new RecordedRecord(rule.topic(), made.key(), made.timestampMs(), made.value()), order));
    }

    private void addConstants(List<Pending> pending, List<RecordedRecord> records) {
        long earliestMs = pending.stream()
                .mapToLong(each -> each.record.timestampMs())
                .min()
                .orElse(0);
        for (Mapping.ConstantRecord constant : mapping.constants()) {
            Long timestampMs = constant.timestampMs();
            records.add(new RecordedRecord(
                    constant.topic(),
                    constant.key(),
                    timestampMs == null ? earliestMs : timestampMs,
                    constant.value()));
        }
    }
}
