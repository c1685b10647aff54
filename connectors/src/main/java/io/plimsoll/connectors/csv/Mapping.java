package io.plimsoll.connectors.csv;

import io.plimsoll.connectors.Failures;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.YamlNode;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Price;
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

    /**
     * Checks that open interest, where prices carry it, has a unit and a side: an instrument says both, and has no default
     * for either.
     *
     * @throws InputException if prices carry open interest and the mapping has no instrument
     */
    public void requireOpenInterestTerms() {
        boolean carried = rules.stream()
                        .anyMatch(rule ->
                                rule.topic() == Topics.PRICES && rule.fields().containsKey("openInterest"))
                || constants.stream()
                        .anyMatch(each -> each.value() instanceof Price price && price.getOpenInterest() != null);
        boolean declared = rules.stream().anyMatch(rule -> rule.topic() == Topics.INSTRUMENTS)
                || constants.stream().anyMatch(each -> each.topic() == Topics.INSTRUMENTS);
        if (carried && !declared) {
            throw new InputException("prices carry openInterest, and nothing says what it counts; allowed is a mapping"
                    + " with instruments, as constants or by a rule, whose openInterestUnit and openInterestSides do");
        }
    }
}
