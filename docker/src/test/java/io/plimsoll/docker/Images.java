package io.plimsoll.docker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Our images, built once for all tests of this JVM. */
final class Images {

    static final String VERSION = "it";
    static final String PROGRAM = "plimsoll:" + VERSION;
    static final String CONNECT = "plimsoll-connect:" + VERSION;

    private static final Duration BUILD = Duration.ofMinutes(15);

    private static boolean built;

    private Images() {}

    static synchronized void build() {
        if (!built) {
            build(PROGRAM, "plimsoll.Dockerfile");
            build(CONNECT, "connect.Dockerfile");
            built = true;
        }
    }

    private static void build(String image, String dockerfile) {
        Command.output(
                ProjectFiles.ROOT,
                Map.of(),
                BUILD,
                List.of("docker", "build", "-q", "-f", "docker/" + dockerfile, "-t", image, "."));
    }
}
