package io.plimsoll.connectors.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.connectors.Failures;
import io.plimsoll.connectors.InputException;
import io.plimsoll.connectors.InputFile;
import io.plimsoll.connectors.csv.CsvPieces;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of a CSV file.
 *
 * @param header place behind the file's first line
 * @param from place before the first row
 * @param to place behind the last
 * @param isCut whether a line follows that has no end yet
 */
record CsvRows(Path file, Place header, Place from, Place to, boolean isCut) {

    private static final byte QUOTE = '"';

    boolean isEmpty() {
        return to.position() <= from.position();
    }

    /** Finds the rows behind a place, up to the last that is whole: a line end between quotes ends no row. */
    static CsvRows find(Path file, Place read, boolean follows) throws IOException {
        Place header;
        try (Lines lines = Lines.open(file, 0)) {
            byte[] first = lines.next();
            if (first == null || (follows && !Lines.isWhole(first))) {
                return new CsvRows(file, Place.START, read, read, first != null);
            }
            header = Place.START.after(first, lines.position());
        }
        Place from = read.position() >= header.position() ? read : header;
        try (Lines lines = Lines.open(file, from.position())) {
            Place place = from;
            Place whole = from;
            boolean quoted = false;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                if (follows && !Lines.isWhole(line)) {
                    return new CsvRows(file, header, from, whole, true);
                }
                place = place.after(line, lines.position());
                for (byte each : line) {
                    quoted ^= each == QUOTE;
                }
                whole = quoted ? whole : place;
            }
            return new CsvRows(file, header, from, follows ? whole : place, quoted);
        }
    }

    /** The rows with the header before them. */
    CsvPieces.Piece piece() {
        long firstRow = from.line() - header.line() + CsvPieces.FIRST_ROW;
        return new CsvPieces.Piece(file, this::content, firstRow);
    }

    private InputStream content() {
        try {
            return new SequenceInputStream(
                    new ByteArrayInputStream(bytes(0, header.position())),
                    new ByteArrayInputStream(bytes(from.position(), to.position())));
        } catch (IOException e) {
            throw new InputException(file + ": cannot be read: " + Failures.reason(e), e);
        }
    }

    private byte[] bytes(long begin, long end) throws IOException {
        try (InputFile input = InputFile.open(file)) {
            input.content().skipNBytes(begin);
            byte[] bytes = input.content().readNBytes(Math.toIntExact(end - begin));
            if (bytes.length < end - begin) {
                throw new IOException("it has become shorter");
            }
            return bytes;
        }
    }

    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json.putObject("header"), header);
        put(json.putObject("from"), from);
        put(json.putObject("to"), to);
        return json;
    }

    private static void put(ObjectNode json, Place place) {
        place.toOffset().forEach(json::put);
    }

    static CsvRows of(String file, JsonNode json) {
        return new CsvRows(
                Path.of(file), place(json.path("header")), place(json.path("from")), place(json.path("to")), false);
    }

    private static Place place(JsonNode json) {
        Map<String, String> texts = new TreeMap<>();
        json.properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return Place.of(texts);
    }
}
