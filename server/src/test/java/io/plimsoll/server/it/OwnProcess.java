package io.plimsoll.server.it;

import io.plimsoll.server.cli.Plimsoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The program in a JVM of its own, which can be killed. */
final class OwnProcess implements AutoCloseable {

    private final Process process;
    private final Path log;

    /**
     * Starts it.
     *
     * @param log takes what it prints
     * @param arguments as on the command line
     */
    OwnProcess(Path log, String... arguments) throws IOException {
        this.log = log;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Plimsoll.class.getName()));
        Collections.addAll(command, arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Settings of whoever runs the tests are not meant for it.
        builder.environment().keySet().removeIf(name -> name.startsWith("PLIMSOLL_"));
        process = builder.start();
    }

    /** Failsafe puts the real class path here when it starts the JVM with a jar that only points to it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed. */
    String output() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
