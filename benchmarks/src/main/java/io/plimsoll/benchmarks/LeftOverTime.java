package io.plimsoll.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Processor time that nobody else wants. Who only plays a part that another machine has in earnest is to make do with it: the least
 * priority is not enough, since the system counts each thread's by itself, and a waking thread finds no processor free.
 */
final class LeftOverTime {

    private static final Path THIS_THREAD = Path.of("/proc/thread-self");
    private static final int MOST_SECONDS = 10;

    private LeftOverTime() {}

    /**
     * From now on this thread, and each that it makes, has no other; only Linux can do so, elsewhere nothing changes.
     *
     * @throws UncheckedIOException when Linux has no chrt, of util-linux, or forbids it: what is measured would be something else
     */
    static void only() {
        if (!Files.isSymbolicLink(THIS_THREAD)) {
            return;
        }
        try {
            String thread = Files.readSymbolicLink(THIS_THREAD).getFileName().toString();
            Process chrt = new ProcessBuilder("chrt", "-i", "-p", "0", thread)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!chrt.waitFor(MOST_SECONDS, TimeUnit.SECONDS) || chrt.exitValue() != 0) {
                chrt.destroyForcibly();
                throw new IOException("chrt -i -p 0 " + thread + " did not end with 0 within " + MOST_SECONDS + " s");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
