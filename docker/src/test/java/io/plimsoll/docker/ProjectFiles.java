package io.plimsoll.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of the project, found from this module's folder, in which Maven runs its tests. */
final class ProjectFiles {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final Path DOCKER = ROOT.resolve("docker");

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProjectFiles() {}

    /** The documents of a YAML file, merge keys resolved, as JSON. */
    static List<JsonNode> yaml(Path file) {
        // Jackson's own YAML knows no merge keys.
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        List<JsonNode> documents = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            yaml.loadAll(in).forEach(document -> documents.add(JSON.valueToTree(document)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> in(Path folder, String suffix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
