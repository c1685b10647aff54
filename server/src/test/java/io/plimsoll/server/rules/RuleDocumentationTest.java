package io.plimsoll.server.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.schemas.avro.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleDocumentationTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "rules.md");

    @Test
    void shouldHoldTheMetricsAsTheyAre() throws Exception {
        String text = Files.readString(DOCUMENT);
        String first = "<!-- Written by: ./plimsoll rules metrics --markdown -->\n";

        assertThat(text).contains(first);
        assertThat(text.substring(text.indexOf(first) + first.length(), text.indexOf("<!-- end of metrics -->")))
                .describedAs("the tables of docs/rules.md are written by: ./plimsoll rules metrics --markdown")
                .isEqualTo(MetricsTable.markdown());
    }

    @Test
    void shouldHaveAChapterForTheRunbookOfEveryDefaultRule() throws Exception {
        String text = Files.readString(DOCUMENT);

        assertThat(DefaultRules.rules()).allSatisfy(rule -> {
            assertThat(rule.getRunbook()).isEqualTo("docs/rules.md#" + rule.getId());
            String chapter = chapter(text, rule);
            assertThat(chapter).contains("**Means.**", "**Look at**", "**Do.**", "**Does not say**");
        });
    }

    @Test
    void shouldHaveNoChapterOfARuleThatIsNotThere() throws Exception {
        String chapters = Files.readString(DOCUMENT).split("## Default rules, and what to do\n", 2)[1];

        assertThat(chapters.lines().filter(line -> line.startsWith("### ")).map(line -> line.substring(4)))
                .containsExactlyElementsOf(
                        DefaultRules.rules().stream().map(Rule::getId).toList());
    }

    private static String chapter(String text, Rule rule) {
        String heading = "\n### " + rule.getId() + "\n";
        assertThat(text).contains(heading);
        String rest = text.substring(text.indexOf(heading) + heading.length());
        int end = rest.indexOf("\n### ");
        return end < 0 ? rest : rest.substring(0, end);
    }
}
