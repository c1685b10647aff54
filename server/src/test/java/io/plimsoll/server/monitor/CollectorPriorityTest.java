package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With threads that are named as the collector's are, whatever collector this JVM has. */
@EnabledOnOs(OS.LINUX)
class CollectorPriorityTest {

    private static final Path OWN_THREADS = Path.of("/proc/self/task");
    /** In what follows the name in /proc/ID/stat, see proc(5). */
    private static final int NICE_FIELD = 16;

    @Test
    void shouldLetThreadsWaitThatCollectBesideTheProgramAndNoOther() throws InterruptedException {
        // given
        CountDownLatch over = new CountDownLatch(1);
        List<Thread> threads = Stream.of("ZWorkerYoung#0", "ZWorkerOld#0", "GC Thread#0", "StreamThread-1")
                .map(name -> new Thread(() -> await(over), name))
                .toList();
        threads.forEach(Thread::start);
        try {
            // A thread takes its name when it begins.
            Awaitility.await()
                    .untilAsserted(() -> assertThat(niceByName())
                            .containsKeys("ZWorkerYoung#0", "ZWorkerOld#0", "GC Thread#0", "StreamThread-1"));
            int usual = niceByName().get("StreamThread-1");

            // when
            CollectorPriority.lower();

            // then
            assertThat(niceByName())
                    .containsEntry("ZWorkerYoung#0", 10)
                    .containsEntry("ZWorkerOld#0", 10)
                    .containsEntry("GC Thread#0", usual)
                    .containsEntry("StreamThread-1", usual);
        } finally {
            over.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private static Map<String, Integer> niceByName() {
        Map<String, Integer> nice = new HashMap<>();
        try (Stream<Path> threads = Files.list(OWN_THREADS)) {
            for (Path thread : threads.toList()) {
                String stat = stat(thread);
                if (stat.isEmpty()) {
                    continue;
                }
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                nice.put(name, Integer.parseInt(fields[NICE_FIELD]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return nice;
    }

    private static String stat(Path thread) {
        try {
            return Files.readString(thread.resolve("stat"));
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
