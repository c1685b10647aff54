package io.plimsoll.server.embedded;

import io.plimsoll.server.monitor.StartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second broker out of a data directory. Kafka's own lock comes too late: by then its controller has opened the
 * metadata log that the first broker writes. The system releases the lock when the process ends, however it ends.
 */
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock, making the directory where it is missing. */
    static DirectoryLock take(Path directory) {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("plimsoll.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new StartException(
                        "the data directory " + directory + " is in use by another Plimsoll; stop it, or choose"
                                + " another directory with --data-dir",
                        new IllegalStateException("locked"));
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new StartException("cannot use the data directory " + directory + ": " + e, e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
