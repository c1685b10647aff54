package io.plimsoll.warehouse;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where in the project things are. */
final class Folders {

    private Folders() {}

    /** The project's folder named {@code docker}. */
    static Path docker() {
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            if (Files.isDirectory(up.resolve("docker/connect/sinks"))) {
                return up.resolve("docker");
            }
        }
        throw new IllegalStateException(
                "no docker/connect/sinks above " + Path.of("").toAbsolutePath());
    }

    static Path sinks() {
        return docker().resolve("connect/sinks");
    }
}
