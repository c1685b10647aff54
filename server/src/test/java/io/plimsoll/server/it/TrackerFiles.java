package io.plimsoll.server.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tracker's files as plain cells, read without any of our code. */
record TrackerFiles(Path folder) {

    static final List<String> COINS = List.of("BTC", "ETH", "SOL");

    /** A row by column. */
    record Row(Map<String, String> cells) {

        String text(String column) {
            return cells.get(column);
        }

        double number(String column) {
            return Double.parseDouble(cells.get(column));
        }

        long timeMs() {
            return OffsetDateTime.parse(cells.get("ts")).toInstant().toEpochMilli();
        }
    }

    List<Path> all() {
        List<Path> files = new ArrayList<>(named("aggregates_.*\\.csv"));
        files.addAll(named("positions_.*\\.csv"));
        return files;
    }

    List<Row> aggregates(String coin) {
        return rows(folder.resolve("aggregates_" + coin + ".csv"));
    }

    List<Row> positions() {
        return named("positions_.*\\.csv").stream()
                .flatMap(file -> rows(file).stream())
                .toList();
    }

    private List<Path> named(String pattern) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            String[] header = lines.get(0).split(",");
            List<Row> rows = new ArrayList<>();
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < header.length; i++) {
                    row.put(header[i], cells[i]);
                }
                rows.add(new Row(row));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
