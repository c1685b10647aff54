package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page is made of. */
class PageFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/page");

    @Test
    void shouldShipLibrariesAsTheirMakersPublishedThem() throws Exception {
        List<String> sums = Files.readAllLines(FOLDER.resolve("lib/SHA256SUMS"));

        assertThat(sums).hasSize(2);
        for (String line : sums) {
            String[] sumAndName = line.split(" +");
            try (InputStream file = Files.newInputStream(FOLDER.resolve("lib/" + sumAndName[1]))) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(file.readAllBytes());
                assertThat(HexFormat.of().formatHex(digest))
                        .describedAs(sumAndName[1])
                        .isEqualTo(sumAndName[0]);
            }
        }
    }

    @Test
    void shouldNeverMakeMarkupOutOfText() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            List<Path> own = files.filter(file -> file.toString().matches(".*\\.(js|html)"))
                    .filter(file -> !file.toString().contains("/lib/"))
                    .toList();
            assertThat(own).hasSizeGreaterThan(10);
            for (Path file : own) {
                assertThat(Files.readString(file, StandardCharsets.UTF_8))
                        .describedAs(file.toString())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                        .doesNotContainPattern("https?://(?!www\\.w3\\.org/2000/svg)");
            }
        }
    }
}
