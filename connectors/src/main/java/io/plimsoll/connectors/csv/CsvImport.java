package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.RecordedRecord;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private final Mapping mapping;
    private final List<Path> files;
    private final CsvUnit unit;
    private final Map<String, Long> recordsByTopic = new LinkedHashMap<>();
    private final Map<String, Long> tombstonesByTopic = new LinkedHashMap<>();

    /** @throws InputException if there is no file, or one that no rule of the mapping is for */
    public CsvImport(Mapping mapping, List<Path> files) {
        this.mapping = mapping;
        this.unit = new CsvUnit(mapping, problem -> {
            throw problem;
        });
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
        return new Result(unit.rows(), unit.unusedRows(), recordsByTopic, tombstonesByTopic);
    }

    private void importTogether(List<Path> together, RecordSink sink) {
        boolean first = recordsByTopic.isEmpty() && tombstonesByTopic.isEmpty();
        List<CsvTable> tables = new ArrayList<>();
        for (Path file : together) {
            CsvTable table = CsvTable.read(file, mapping.format());
            unit.check(table);
            tables.add(table);
        }
        for (RecordedRecord record : unit.records(tables, first)) {
            String topic = record.topic().name();
            sink.write(topic, record.key(), record.timestampMs(), record.value());
            (record.value() == null ? tombstonesByTopic : recordsByTopic).merge(topic, 1L, Long::sum);
        }
    }
}
