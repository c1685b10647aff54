package io.plimsoll.risk.recorded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Recorded data, which is not part of the project: tests that need it are skipped where it is absent. */
final class SharedData {

    /** Numbers as decimals, so that they stay what the venue printed. */
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private SharedData() {}

    /** A folder of shared/data beside the repository, or of where the system property plimsoll.shared.data says. */
    static Path folder(String name) {
        List<Path> places = new ArrayList<>();
        String given = System.getProperty("plimsoll.shared.data");
        if (given != null) {
            places.add(Path.of(given, name));
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            places.add(up.resolve("shared/data").resolve(name));
        }
        Path found = places.stream().filter(Files::isDirectory).findFirst().orElse(null);
        if (found == null) {
            System.out.println("skipped: no shared/data/" + name + " in any folder above this one");
        }
        assumeTrue(found != null, "no shared/data/" + name + " in any folder above this one");
        return found;
    }

    /** The files of a folder whose names start and end so, by name. */
    static List<Path> files(Path folder, String start, String end) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith(start) && name.endsWith(end);
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON file, unpacked if its name ends in .gz. */
    static JsonNode json(Path file) {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    /** The rows of a CSV file without quotes, each by column name. */
    static List<Map<String, String>> csv(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] columns = lines.get(0).split(",", -1);
            List<Map<String, String>> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                if (cells.length != columns.length) {
                    throw new IllegalStateException(
                            file + ": a row of " + cells.length + " cells, expected " + columns.length);
                }
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.length; i++) {
                    row.put(columns[i], cells[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }
}
