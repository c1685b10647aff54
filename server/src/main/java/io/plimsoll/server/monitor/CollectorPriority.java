package io.plimsoll.server.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets those threads of ZGC wait that collect beside the program, where processors are short: each collection takes one of them for a
 * second, which work would wait for. The JVM has no option for it, as it has for the threads that compile; so the operating
 * system is asked, if it is Linux. Threads of other collectors stop the program while they work and are left alone.
 */
final class CollectorPriority {

    private static final Logger LOG = LoggerFactory.getLogger(CollectorPriority.class);

    private static final Path OWN_THREADS = Path.of("/proc/self/task");
    private static final String BESIDE_THE_PROGRAM = "ZWorker";
    /** A tenth of what a thread of usual priority gets beside it. */
    private static final int NICE = 10;

    private static final int MOST_SECONDS = 5;

    private CollectorPriority() {}

    /** Does so from now on, or says in the log why not. */
    static void lower() {
        if (!Files.isDirectory(OWN_THREADS)) {
            return;
        }
        try {
            List<String> command = new ArrayList<>(List.of("renice", "-n", Integer.toString(NICE), "-p"));
            List<String> collecting = collectingThreads();
            if (!collecting.isEmpty()) {
                command.addAll(collecting);
                run(command);
            }
        } catch (IOException e) {
            LOG.info("Garbage is collected at the same priority as work is done: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> collectingThreads() throws IOException {
        List<String> ids = new ArrayList<>();
        try (Stream<Path> threads = Files.list(OWN_THREADS)) {
            for (Path thread : threads.toList()) {
                if (name(thread).startsWith(BESIDE_THE_PROGRAM)) {
                    ids.add(thread.getFileName().toString());
                }
            }
        }
        return ids;
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("renice did not end within " + MOST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }
}
