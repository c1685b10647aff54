package io.plimsoll.server.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A YAML file as a flat list of paths and texts, each with its line. */
final class ConfigFile {

    /**
     * One scalar of the file.
     *
     * @param path parts separated by dots
     * @param place file and line, for messages
     */
    record Entry(String path, String text, String place) {}

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    static List<Entry> read(Path file) {
        ConfigFile reader = new ConfigFile(file);
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                JsonParser parser = YAML.createParser(text)) {
            reader.document(parser);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + ": there is no such file");
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            String what =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            throw new ConfigException(file + ":" + line + ": this is not YAML that can be read: " + what);
        } catch (IOException e) {
            throw new ConfigException(file + ": it cannot be read: " + e);
        }
        return reader.entries;
    }

    private void document(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null || token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.START_OBJECT) {
            throw new ConfigException(place(parser) + ": the file is " + parser.getText()
                    + ", allowed are lines of the form name: value, see ./plimsoll config");
        }
        object(parser, "");
    }

    private void object(JsonParser parser, String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String path = prefix + parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_OBJECT) {
                object(parser, path + ".");
            } else if (value == JsonToken.START_ARRAY) {
                String place = place(parser);
                entries.add(new Entry(path, list(parser, path), place));
            } else if (value != JsonToken.VALUE_NULL) {
                entries.add(new Entry(path, parser.getText(), place(parser)));
            }
        }
    }

    /** A list is another way to write texts separated by commas. */
    private String list(JsonParser parser, String path) throws IOException {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.currentToken().isScalarValue()) {
                throw new ConfigException(
                        place(parser) + ": " + path + " is a list of sections, allowed is a list of texts");
            }
            texts.add(parser.getText());
        }
        return String.join(",", texts);
    }

    private String place(JsonParser parser) {
        return file + ":" + parser.currentTokenLocation().getLineNr();
    }
}
