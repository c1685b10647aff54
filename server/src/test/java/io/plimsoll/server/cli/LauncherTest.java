package io.plimsoll.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script ./plimsoll, installed without sources, with a JVM that says how it was called. */
class LauncherTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource({
        "17.0.15, -XX:+UseG1GC -XX:MaxGCPauseMillis=20",
        "21.0.2, -XX:+UseZGC -XX:+ZGenerational",
        "22, -XX:+UseZGC -XX:+ZGenerational",
        "23.0.1, -XX:+UseZGC",
        "25.0.3, -XX:+UseZGC"
    })
    void shouldChooseTheCollectorWithTheShortestPauses(String version, String collector) throws Exception {
        assertThat(called(version, "")).contains("-Xmx1g " + collector + " -XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void shouldLeaveTheCollectorToWhoeverNamesOne() throws Exception {
        assertThat(called("25", "-Xmx2g -XX:+UseParallelGC"))
                .contains("-XX:+UseParallelGC")
                .doesNotContain("ZGC");
        assertThat(called("25", "-XX:+UseStringDeduplication -XX:SoftMaxHeapSize=1g"))
                .contains("-XX:+UseZGC")
                .contains("-XX:+UseStringDeduplication");
    }

    @Test
    void shouldRefuseAJvmThatIsTooOld() throws Exception {
        assertThat(called("11.0.2", "")).contains("is version 11; a JDK 17 or newer is needed");
    }

    /** What the launcher calls Java with, or what it says instead. */
    private String called(String version, String options) throws IOException, InterruptedException {
        Path target = Files.createDirectories(dir.resolve("server/target"));
        Files.writeString(target.resolve("launcher-built"), "");
        Files.writeString(target.resolve("plimsoll-server-1.jar"), "");
        Path launcher = executable(dir.resolve("plimsoll"), Files.readString(Path.of("..", "plimsoll")));
        executable(Files.createDirectories(dir.resolve("jdk/bin")).resolve("java"), """
                #!/usr/bin/env bash
                if [ "$1" = -version ]; then echo 'openjdk version "%s"' >&2; else echo "$@"; fi
                """.formatted(version));
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "config").redirectErrorStream(true);
        builder.environment().putAll(Map.of("JAVA_HOME", dir.resolve("jdk").toString(), "PLIMSOLL_JAVA_OPTS", options));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static Path executable(Path path, String script) throws IOException {
        Files.writeString(path, script);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        return path;
    }
}
