package io.plimsoll.connectors.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** JSON as a short text, for offsets: they are records of Kafka, and those have a greatest size. */
final class Packed {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Packed() {}

    static String packed(JsonNode json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
            packing.write(JSON.writeValueAsBytes(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    static JsonNode unpacked(String text) {
        try (GZIPInputStream unpacking =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return JSON.readTree(unpacking.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("what was stored of the files cannot be read", e);
        }
    }
}
