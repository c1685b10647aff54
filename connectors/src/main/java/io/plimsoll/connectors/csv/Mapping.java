package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.Failures;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.Topic;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How CSV files become records; docs/import.md describes its YAML.
 *
 * @param byTime whether records are written in the order of their time across files, or file by file
 * @param constants records that are written first
 */
public record Mapping(CsvFormat format, boolean byTime, List<ConstantRecord> constants, List<RecordRule> rules) {

    /**
     * A record given in the mapping.
     *
     * @param timestampMs null: the time of the earliest row
     */
    record ConstantRecord(
            Topic<?> topic, String key, @Nullable Long timestampMs, SpecificRecord value) {}

    /** @throws InputException if the file cannot be read or is no mapping; the message names file, line and key */
    public static Mapping read(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new MappingParser(YamlNode.read(file.toString(), reader)).mapping();
        } catch (IOException e) {
            throw new InputException("cannot read " + file + ": " + Failures.reason(e), e);
        }
    }
}
