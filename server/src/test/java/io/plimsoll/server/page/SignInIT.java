package io.plimsoll.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.plimsoll.server.access.ApiKeys;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page at a server that asks who it is, in a real Chromium; skipped where there is none. */
class SignInIT {

    private static final String PANEL = "!!document.querySelector('.signin')";

    @TempDir
    private Path dir;

    @Test
    void shouldAskForAKeyAndKeepItForTheTab() throws Exception {
        Optional<Path> browser = Chromium.installed();
        if (browser.isEmpty()) {
            System.out.println("SKIPPED SignInIT: no chromium on the PATH");
        }
        assumeThat(browser).describedAs("a chromium on the PATH").isPresent();
        String key = ApiKeys.newKey();
        Map<String, String> settings = Map.of(
                "PLIMSOLL_HTTP_PORT", "0",
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_ROLE", "reader",
                "PLIMSOLL_HTTP_AUTH_KEYS_LOOKER_SHA256", ApiKeys.hashOf(key));
        try (HttpServer server = HttpServer.start(ConfigReader.read(null, settings), null);
                Chromium chromium = Chromium.start(browser.get(), Files.createDirectories(dir.resolve("browser")))) {
            Tab tab = chromium.tab();
            tab.goTo("http://localhost:" + server.port() + "/");
            tab.waitUntil(PANEL);
            assertThat(tab.text("#main")).contains("API key or token").doesNotContain("no known");

            enter(tab, "not-the-key");
            tab.waitUntil("document.querySelector('.signin [role=alert]') !== null");

            enter(tab, key);
            tab.waitUntil(
                    "!!document.querySelector('nav button') && document.getElementById('main').dataset.page === 'overview'");
            // There is no monitor behind this server; that is another answer than not being let in.
            tab.waitUntil("document.querySelector('#badges').innerText.includes('starting')");
            assertThat(tab.eval(PANEL).asBoolean()).isFalse();
            assertThat(tab.eval("location.href + document.cookie").asText()).doesNotContain(key);

            tab.eval("document.querySelector('nav button').click()");
            tab.waitUntil(PANEL);
            assertThat(tab.eval("sessionStorage.length").asInt()).isZero();
        }
    }

    private static void enter(Tab tab, String key) {
        tab.type("#key", key);
        tab.eval("document.querySelector('.signin button').click()");
    }
}
