package io.plimsoll.connectors.feed;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Recorded market data, which is not part of the project: tests that need it are skipped where it is absent. */
public final class SharedData {

    private SharedData() {}

    /** A folder of shared/data beside the repository, or of where the system property plimsoll.shared.data says. */
    public static Path folder(String name) {
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
}
