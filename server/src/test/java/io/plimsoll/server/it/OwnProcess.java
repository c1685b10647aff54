package io.plimsoll.server.it;

import io.plimsoll.server.cli.Plimsoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The program in a JVM of its own, which can be killed. */
public final class OwnProcess implements AutoCloseable {

    private final Process process;
    private final Path out;
    private final Path log;

    /**
     * Starts it.
     *
     * @param name of the files in the directory that take what it prints
     * @param arguments as on the command line
     */
    public OwnProcess(Path dir, String name, String... arguments) throws IOException {
        out = dir.resolve(name + ".out");
        log = dir.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The program's own, not that of some module's tests, which writes to standard output.
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                classPath(),
                Plimsoll.class.getName()));
        Collections.addAll(command, arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile());
        // Settings of whoever runs the tests are not meant for it.
        builder.environment().keySet().removeIf(variable -> variable.startsWith("PLIMSOLL_"));
        process = builder.start();
    }

    /** Failsafe puts the real class path here when it starts the JVM with a jar that only points to it. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has printed to standard output. */
    public String output() throws IOException {
        return Files.readString(out);
    }

    /** What it has printed to standard error. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** The exit code, once it has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Stops it where it is, as if its machine hung: connections stay, nothing is answered. */
    public void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + name + " ended with " + exit);
        }
    }

    /** kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
