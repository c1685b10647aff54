package io.plimsoll.connectors;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.schemas.Topics;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes a recording: a JSON object per line, gzipped if the file's name ends in {@code .gz}. */
public final class RecordingWriter implements RecordSink {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OutputStream out;
    private final JsonGenerator json;
    private long written;

    /** @throws InputException if the file cannot be made */
    public RecordingWriter(Path file) {
        try {
            OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
            this.out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw, 1 << 13, true) : raw;
            this.json = MAPPER.createGenerator(out, JsonEncoding.UTF8);
            this.json.setPrettyPrinter(new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new InputException("cannot write " + file + ": " + Failures.reason(e), e);
        }
    }

    @Override
    public void write(String topic, String key, long timestampMs, @Nullable SpecificRecord value) {
        write(new RecordedRecord(
                Topics.named(topic)
                        .orElseThrow(() -> new IllegalArgumentException("topic " + topic + " is not in the catalogue")),
                key,
                timestampMs,
                value));
    }

    public void write(RecordedRecord record) {
        try {
            json.writeStartObject();
            json.writeStringField("topic", record.topic().name());
            json.writeStringField("key", record.key());
            json.writeNumberField("timestamp", record.timestampMs());
            json.writeFieldName("value");
            SpecificRecord value = record.value();
            if (value == null) {
                json.writeNull();
            } else {
                json.writeTree(PlainJson.toJson(value));
            }
            json.writeEndObject();
            json.writeRaw('\n');
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Records written so far. */
    public long written() {
        return written;
    }

    @Override
    public void flush() {
        try {
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            json.close();
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
