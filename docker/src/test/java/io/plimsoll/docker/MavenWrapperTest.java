package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** mvnw, in a copy of its own, against a repository on this machine that holds a Maven of one line. */
class MavenWrapperTest {

    private static final String ZIP = "/repo/org/apache/maven/apache-maven/9.9.9/apache-maven-9.9.9-bin.zip";

    @TempDir
    private Path dir;

    private final AtomicInteger fetched = new AtomicInteger();
    private Path zip;
    private HttpServer repository;

    @BeforeEach
    void makeRepository() throws Exception {
        zip = zip(dir.resolve("maven.zip"), "echo \"Maven of the test: $*\"");
        repository = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        repository.createContext(ZIP, exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(200, Files.size(zip));
            try (OutputStream out = exchange.getResponseBody()) {
                Files.copy(zip, out);
            }
        });
        repository.start();
        Path wrapper = Files.createDirectories(dir.resolve("project/.mvn/wrapper"));
        Files.copy(ProjectFiles.ROOT.resolve("mvnw"), dir.resolve("project/mvnw"));
        Files.copy(ProjectFiles.ROOT.resolve(".mvn/wrapper/FetchMaven.java"), wrapper.resolve("FetchMaven.java"));
        Files.writeString(wrapper.resolve("maven.properties"), "# pinned\nversion=9.9.9\nsha512=" + sha512(zip) + "\n");
    }

    @AfterEach
    void closeRepository() {
        repository.stop(0);
    }

    @Test
    void shouldFetchThePinnedMavenOnceAndRunIt() {
        Map<String, String> environment = Map.of("MVNW_REPOURL", url());

        assertThat(mvnw(environment).output()).endsWith("Maven of the test: --version\n");
        assertThat(mvnw(Map.of()).output()).isEqualTo("Maven of the test: --version\n");
        assertThat(fetched).hasValue(1);
    }

    @Test
    void shouldRefuseWhatWasNotPinned() throws Exception {
        zip(zip, "echo another");

        Command.Result result = mvnw(Map.of("MVNW_REPOURL", url()));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("is not what was pinned").doesNotContain("another\n");
        assertThat(mvnw(Map.of()).output()).contains("MVNW_REPOURL does not say");
    }

    @Test
    void shouldSayWhatToDoWhereThereIsNone() {
        Command.Result result = mvnw(Map.of());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("Install Maven, or set MVNW_REPOURL");
    }

    @Test
    void shouldSayWhatCouldNotBeFetched() {
        Command.Result result = mvnw(Map.of("MVNW_REPOURL", url() + "/elsewhere"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("/elsewhere/org/apache/maven").contains("could not be fetched");
    }

    @Test
    void shouldTakeTheInstalledMavenWhereItIsNewEnough() throws Exception {
        installed("3.8.1");

        assertThat(mvnw(Map.of()).output()).isEqualTo("Apache Maven 3.8.1\n");
    }

    @Test
    void shouldNotTakeAnOldMaven() throws Exception {
        installed("3.6.3");

        assertThat(mvnw(Map.of("MVNW_REPOURL", url())).output()).endsWith("Maven of the test: --version\n");
    }

    private Command.Result mvnw(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("HOME", dir.resolve("home").toString());
        // The machine's own tools, but not its Maven.
        environment.put("PATH", dir.resolve("bin") + ":" + tools());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putIfAbsent("MVNW_REPOURL", "");
        return Command.run(
                dir,
                environment,
                Duration.ofMinutes(1),
                List.of("bash", dir.resolve("project/mvnw") + "", "--version"));
    }

    /** A folder with what a plain machine has. */
    private Path tools() {
        Path tools = dir.resolve("tools");
        if (!Files.exists(tools)) {
            try {
                Files.createDirectories(tools);
                for (String name : List.of("bash", "sed", "head", "dirname")) {
                    script(tools.resolve(name), "exec " + which(name) + " \"$@\"");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return tools;
    }

    private static Path which(String name) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }

    private void installed(String version) throws IOException {
        script(Files.createDirectories(dir.resolve("bin")).resolve("mvn"), "echo \"Apache Maven " + version + "\"");
    }

    private static void script(Path file, String line) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String url() {
        return "http://127.0.0.1:" + repository.getAddress().getPort() + "/repo";
    }

    private static Path zip(Path file, String script) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("apache-maven-9.9.9/"));
            out.putNextEntry(new ZipEntry("apache-maven-9.9.9/bin/mvn"));
            out.write(("#!/usr/bin/env bash\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static String sha512(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
    }
}
