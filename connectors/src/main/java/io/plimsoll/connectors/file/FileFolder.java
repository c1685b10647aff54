package io.plimsoll.connectors.file;

import io.plimsoll.connectors.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a feed: one, or those of a folder. */
final class FileFolder {

    /**
     * How a file was last seen; another one means that there is something new in it.
     *
     * @param size bytes
     * @param changedMs epoch milliseconds
     */
    record Seen(long size, long changedMs) {}

    private final Path path;
    private final PathMatcher pattern;
    private @Nullable String trouble;

    FileFolder(Path path, PathMatcher pattern) {
        this.path = path;
        this.pattern = pattern;
    }

    Path path() {
        return path;
    }

    /** Why there is nothing to be read; null where there is. */
    @Nullable
    String trouble() {
        return trouble;
    }

    /** The files there are now, by name. */
    TreeMap<Path, Seen> files() {
        TreeMap<Path, Seen> found = new TreeMap<>();
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> all = Files.list(path)) {
                    for (Path file : (Iterable<Path>) all::iterator) {
                        addIfMeant(file, found);
                    }
                }
            } else {
                found.put(path, seen(path));
            }
            trouble = found.isEmpty() ? "there is no file to read in " + path : null;
        } catch (IOException e) {
            trouble = path + ": " + Failures.reason(e);
        }
        return found;
    }

    private void addIfMeant(Path file, Map<Path, Seen> found) {
        Path name = file.getFileName();
        if (name.toString().startsWith(".") || !pattern.matches(name) || !Files.isRegularFile(file)) {
            return;
        }
        try {
            found.put(file, seen(file));
        } catch (IOException gone) {
            // Renamed or removed since the folder was listed: the next look has it under its new name.
        }
    }

    private static Seen seen(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Seen(attributes.size(), attributes.lastModifiedTime().toMillis());
    }
}
