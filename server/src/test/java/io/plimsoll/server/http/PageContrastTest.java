package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's colours, light and dark, by the formula of WCAG 2.2 (1.4.3, level AA). */
class PageContrastTest {

    private static final double LEAST = 4.5;
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{6})");

    /** Text and what it stands on. */
    private static final List<List<String>> PAIRS = List.of(
            List.of("ink", "paper"),
            List.of("ink", "card"),
            List.of("ink", "field"),
            List.of("ink", "line"),
            List.of("quiet", "paper"),
            List.of("quiet", "card"),
            List.of("accent", "paper"),
            List.of("accent", "card"),
            List.of("long", "card"),
            List.of("short", "card"),
            List.of("card", "accent"),
            List.of("warn-ink", "warn"),
            List.of("bad-ink", "bad"),
            List.of("good-ink", "good"),
            List.of("sim-ink", "sim"));

    @Test
    void shouldBeReadableInLightAndDark() throws IOException {
        String[] schemes = Files.readString(Path.of("src/main/resources/page/css/base.css"))
                .split("@media \\(prefers-color-scheme: dark\\)");

        assertThat(schemes).hasSize(2);
        for (String scheme : schemes) {
            Map<String, Double> luminances = luminances(scheme);
            for (List<String> pair : PAIRS) {
                double one = luminances.get(pair.get(0));
                double other = luminances.get(pair.get(1));
                assertThat((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05))
                        .describedAs("%s on %s", pair.get(0), pair.get(1))
                        .isGreaterThanOrEqualTo(LEAST);
            }
        }
    }

    private static Map<String, Double> luminances(String scheme) {
        Map<String, Double> luminances = new HashMap<>();
        Matcher colour = COLOUR.matcher(scheme);
        while (colour.find()) {
            int rgb = Integer.parseInt(colour.group(2), 16);
            luminances.put(
                    colour.group(1),
                    0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 0xff) + 0.0722 * linear(rgb & 0xff));
        }
        return luminances;
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
