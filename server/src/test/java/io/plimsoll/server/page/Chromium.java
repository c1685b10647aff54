package io.plimsoll.server.page;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A headless Chromium, spoken to by the protocol of its developer tools: nothing but the browser itself is needed. */
final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final Tab tab;

    private Chromium(Process process, Tab tab) {
        this.process = process;
        this.tab = tab;
    }

    /** The browser of this machine; empty where there is none. */
    static Optional<Path> installed() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return NAMES.stream()
                .flatMap(name -> List.of(path.split(":")).stream().map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param dir empty: its profile, and what it prints
     */
    static Chromium start(Path browser, Path dir) throws IOException, InterruptedException {
        Path profile = dir.resolve("profile");
        Process process = new ProcessBuilder(
                        browser.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("chromium.log").toFile())
                .start();
        Path portFile = profile.resolve("DevToolsActivePort");
        await().atMost(STARTS_WITHIN)
                .until(() ->
                        Files.exists(portFile) && Files.readAllLines(portFile).size() >= 2);
        int port = Integer.parseInt(Files.readAllLines(portFile).get(0));
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        HttpClient client = HttpClient.newHttpClient();
        URI page = await().atMost(STARTS_WITHIN)
                .until(() -> pageOf(client, list), Optional::isPresent)
                .orElseThrow();
        return new Chromium(process, Tab.open(client, page));
    }

    private static Optional<URI> pageOf(HttpClient client, URI list) throws IOException, InterruptedException {
        String body = client.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        for (JsonNode target : JSON.readTree(body)) {
            if (target.path("type").asText().equals("page")) {
                return Optional.of(
                        URI.create(target.path("webSocketDebuggerUrl").asText()));
            }
        }
        return Optional.empty();
    }

    Tab tab() {
        return tab;
    }

    @Override
    public void close() throws InterruptedException {
        tab.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
