package io.plimsoll.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/** The contract's schemas as files: today's and those of the releases. */
final class OwnSchemas {

    static final Path TODAY = Path.of("src/main/avro");
    static final Path RELEASED = Path.of("src/test/resources/released");

    private OwnSchemas() {}

    /** The folders of the releases, by name. */
    static List<Path> releases() {
        return list(RELEASED);
    }

    /** Every named schema in a folder's files, by full name. */
    static Map<String, Schema> in(Path folder) {
        SchemaParser parser = new SchemaParser();
        try {
            for (Path file : list(folder)) {
                parser.parse(file.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, Schema> schemas = new TreeMap<>();
        parser.getParsedNamedSchemas().forEach(schema -> schemas.put(schema.getFullName(), schema));
        return schemas;
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
