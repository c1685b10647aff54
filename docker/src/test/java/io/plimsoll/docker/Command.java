package io.plimsoll.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command, run to its end. */
final class Command {

    /** What it printed, both streams, and how it ended. */
    record Result(int exitCode, String output) {}

    private Command() {}

    static Result run(Path folder, Map<String, String> environment, Duration most, List<String> command) {
        try {
            Path output = Files.createTempFile("plimsoll-command", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(most.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                    throw new IllegalStateException(
                            command + " took longer than " + most + ": " + Files.readString(output));
                }
                return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + command, e);
        }
    }

    /** The output of a command that has to succeed. */
    static String output(Path folder, Map<String, String> environment, Duration most, List<String> command) {
        Result result = run(folder, environment, most, command);
        if (result.exitCode() != 0) {
            throw new IllegalStateException(command + " ended with " + result.exitCode() + ": " + result.output());
        }
        return result.output();
    }
}
