package io.plimsoll.connectors;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording line by line, gzipped or not. What is wrong in a line is an {@link InputException} that names file,
 * line, field, value and what is allowed. Empty lines are passed over.
 */
public final class RecordingReader implements AutoCloseable {

    private static final List<String> FIELDS = List.of("topic", "key", "timestamp", "value");

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final ObjectReader TREES = MAPPER.readerFor(JsonNode.class);

    private final String name;
    private final InputFile input;
    private final BufferedReader lines;
    private long line;

    /** @throws InputException if the file cannot be read */
    public RecordingReader(Path file) {
        this(file.toString(), InputFile.open(file));
    }

    /**
     * Reads what is not in a file of its own.
     *
     * @param name what it is called in messages
     */
    RecordingReader(String name, InputStream content) {
        this(name, InputFile.of(content));
    }

    private RecordingReader(String name, InputFile input) {
        this.name = name;
        this.input = input;
        this.lines = new BufferedReader(
                new InputStreamReader(
                        input.content(),
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                1 << 16);
    }

    /** The next record, or null at the end of the file. */
    public @Nullable RecordedRecord next() {
        String text;
        do {
            line++;
            try {
                text = lines.readLine();
            } catch (IOException e) {
                throw new InputException("cannot read on: " + Failures.reason(e), e).at(place());
            }
        } while (text != null && text.isBlank());
        if (text == null) {
            return null;
        }
        try {
            return parse(text);
        } catch (InputException e) {
            throw e.at(place());
        }
    }

    /**
     * The record in a line.
     *
     * @throws InputException if there is none; the message names field, value and what is allowed
     */
    public static RecordedRecord parse(String text) {
        return record(parsed(text));
    }

    /** Bytes of the file read so far, before any unpacking. */
    public long bytesRead() {
        return input.bytesRead();
    }

    /** File and line of the latest record, for messages. */
    String place() {
        return name + " line " + line;
    }

    private static JsonNode parsed(String text) {
        try {
            return TREES.readValue(text);
        } catch (JsonProcessingException e) {
            int column = e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
            throw new InputException(
                    "column " + column + " is not JSON ("
                            + e.getOriginalMessage().lines().findFirst().orElse("")
                            + "), allowed is one object with topic, key, timestamp and value",
                    e);
        }
    }

    private static RecordedRecord record(JsonNode json) {
        if (!json.isObject()) {
            throw new InputException(JsonCodec.shown(json)
                    + " is not allowed, allowed is an object with topic, key, timestamp and value");
        }
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw new InputException("field " + field.getKey() + " (value " + JsonCodec.shown(field.getValue())
                        + ") is not in a recording: " + NearestName.allowed(field.getKey(), FIELDS));
            }
        }
        Topic<?> topic = topic(json.path("topic"));
        JsonNode key = json.path("key");
        if (!key.isTextual()) {
            throw new InputException("field key is " + JsonCodec.shown(key) + ", allowed is a string");
        }
        JsonNode timestamp = json.path("timestamp");
        if (!timestamp.isIntegralNumber() || !timestamp.canConvertToLong() || timestamp.longValue() < 0) {
            throw new InputException("field timestamp is " + JsonCodec.shown(timestamp)
                    + ", allowed is a whole number of epoch milliseconds, 0 or more");
        }
        JsonNode value = json.path("value");
        if (value.isMissingNode()) {
            throw new InputException("field value is missing, allowed is an object with the fields of "
                    + topic.valueType().getSimpleName() + ", or null for a tombstone");
        }
        return new RecordedRecord(topic, key.textValue(), timestamp.longValue(), value(value, topic));
    }

    private static Topic<?> topic(JsonNode json) {
        return Topics.named(json.isTextual() ? json.textValue() : "")
                .orElseThrow(() -> new InputException("field topic is " + JsonCodec.shown(json) + ", "
                        + NearestName.allowed(
                                json.asText(),
                                Topics.all().stream().map(Topic::name).toList())));
    }

    private static @Nullable SpecificRecord value(JsonNode json, Topic<?> topic) {
        if (json.isNull()) {
            return null;
        }
        try {
            return PlainJson.fromJson(json, topic.valueType());
        } catch (InputException e) {
            throw e.at("value of a " + topic.valueType().getSimpleName());
        }
    }

    @Override
    public void close() {
        input.close();
    }
}
