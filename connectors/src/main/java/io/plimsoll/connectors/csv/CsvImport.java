package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.schemas.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes CSV files to the input topics by a {@link Mapping}. A file is read whole before anything of it is written, with
 * {@code order: time} all files are: a wrong row leaves nothing half written.
 */
public final class CsvImport {

    /**
     * What an import wrote, or would write.
     *
     * @param rows read
     * @param unusedRows rows that no rule took
     * @param recordsByTopic values written, by full topic name
     * @param tombstonesByTopic tombstones written, by full topic name
     */
    public record Result(
            long rows, long unusedRows, Map<String, Long> recordsByTopic, Map<String, Long> tombstonesByTopic) {}

    private record Pending(
            Topic<?> topic,
            String key,
            long timestampMs,
            @Nullable SpecificRecord value,
            long order) {}

    /** Between two rows there is room for the tombstones that come before the second. */
    private static final long ORDER_STEP = 2;

    private final Mapping mapping;
    private final List<Path> files;
    private final Snapshots snapshots = new Snapshots();
    private final Map<String, Long> recordsByTopic = new LinkedHashMap<>();
    private final Map<String, Long> tombstonesByTopic = new LinkedHashMap<>();
    private long rows;
    private long unusedRows;
    private long order;

    /** @throws InputException if there is no file, or one that no rule of the mapping is for */
    public CsvImport(Mapping mapping, List<Path> files) {
        this.mapping = mapping;
        this.files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new InputException("no file is given, allowed is one or more CSV files");
        }
        for (Path file : files) {
            if (mapping.rules().stream().noneMatch(rule -> rule.isFor(file))) {
                throw new InputException(file + ": no rule of the mapping is for a file of this name");
            }
        }
    }

    /** Reads and checks everything, and writes nothing. */
    public Result dryRun() {
        return run(new RecordSink() {
            @Override
            public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {}

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    /**
     * Writes everything to the sink and flushes it. Once only.
     *
     * @throws InputException if a file cannot be read or a row does not fit; the message names file, line, field, value
     *     and what is allowed
     */
    public Result run(RecordSink sink) {
        if (mapping.byTime()) {
            importTogether(files, sink);
        } else {
            files.forEach(file -> importTogether(List.of(file), sink));
        }
        sink.flush();
        return new Result(rows, unusedRows, recordsByTopic, tombstonesByTopic);
    }

    private void importTogether(List<Path> unit, RecordSink sink) {
        List<CsvTable> tables = new ArrayList<>();
        for (Path file : unit) {
            CsvTable table = CsvTable.read(file, mapping.format());
            rulesFor(file).forEach(rule -> rule.check(table));
            tables.add(table);
        }
        mapping.rules().forEach(RecordRule::reset);
        for (CsvTable table : tables) {
            for (RecordRule rule : rulesFor(table.file())) {
                table.rows().stream().filter(rule::isFor).forEach(rule::prepare);
            }
        }
        List<Pending> pending = new ArrayList<>();
        tables.forEach(table -> read(table, pending));
        for (Snapshots.Gone gone : snapshots.gone()) {
            pending.add(new Pending(gone.topic(), gone.key(), gone.timestampMs(), null, gone.order() - 1));
        }
        boolean first = recordsByTopic.isEmpty() && tombstonesByTopic.isEmpty();
        if (first) {
            writeConstants(pending, sink);
        }
        Comparator<Pending> byOrder = Comparator.comparingLong(Pending::order);
        pending.sort(
                mapping.byTime()
                        ? Comparator.comparingLong(Pending::timestampMs).thenComparing(byOrder)
                        : byOrder);
        pending.forEach(each -> write(each, sink));
    }

    private List<RecordRule> rulesFor(Path file) {
        return mapping.rules().stream().filter(rule -> rule.isFor(file)).toList();
    }

    private void read(CsvTable table, List<Pending> pending) {
        List<RecordRule> rules = rulesFor(table.file());
        long fileOrder = order;
        for (CsvRow row : table.rows()) {
            rows++;
            boolean used = false;
            for (RecordRule rule : rules) {
                if (rule.isFor(row)) {
                    used = true;
                    order += ORDER_STEP;
                    pending.add(made(rule, row, fileOrder));
                }
            }
            unusedRows += used ? 0 : 1;
        }
    }

    private Pending made(RecordRule rule, CsvRow row, long fileOrder) {
        RecordRule.Made made = rule.make(row);
        String scope = made.scope();
        if (scope != null) {
            long timeOrFile = rule.snapshot() == SnapshotKind.TIME ? made.timestampMs() : fileOrder;
            snapshots.add(rule.topic(), scope, made.key(), made.timestampMs(), timeOrFile, order, row.place());
        }
        return new Pending(rule.topic(), made.key(), made.timestampMs(), made.value(), order);
    }

    private void writeConstants(List<Pending> pending, RecordSink sink) {
        long earliestMs = pending.stream().mapToLong(Pending::timestampMs).min().orElse(0);
        for (Mapping.ConstantRecord constant : mapping.constants()) {
            Long timestampMs = constant.timestampMs();
            write(
                    new Pending(
                            constant.topic(),
                            constant.key(),
                            timestampMs == null ? earliestMs : timestampMs,
                            constant.value(),
                            0),
                    sink);
        }
    }

    private void write(Pending pending, RecordSink sink) {
        String topic = pending.topic.name();
        sink.write(topic, pending.key, pending.timestampMs, pending.value);
        (pending.value == null ? tombstonesByTopic : recordsByTopic).merge(topic, 1L, Long::sum);
    }
}
