package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.server.openapi.Columns;
import io.plimsoll.server.openapi.OpenApiDocument;
import org.junit.jupiter.api.Test;

class RenderedAnswerTest {

    private static final JsonNode PARTIAL = json(
            "{'markets': [{'id': 'v:AAA', 'ageMs': 5}], 'complete': false, 'missing': ["
                    + "{'instance': 'b:1', 'reason': 'TIMEOUT', 'store': 'market-states', 'partitions': [1], 'of': 4, 'ids': []},"
                    + "{'instance': 'a:1', 'reason': 'MOVING', 'store': 'market-states', 'partitions': [2], 'of': 4, 'ids': ['v:C']},"
                    + "{'instance': 'a:1', 'reason': 'BUSY', 'store': 'market-states', 'partitions': [3], 'of': 4, 'ids': []}]}");

    @Test
    void shouldNameInATableTheInstancesThatAreMissing() {
        RenderedAnswer table = RenderedAnswer.of(200, PARTIAL, columns(), null, true);

        assertThat(table.headers()).containsEntry("Plimsoll-Missing", "a:1, b:1");
    }

    @Test
    void shouldSayNothingOfMissingInstancesWhereThereAreNone() {
        JsonNode whole = json("{'markets': [], 'complete': true, 'missing': []}");

        assertThat(RenderedAnswer.of(200, whole, columns(), null, true).headers())
                .doesNotContainKey("Plimsoll-Missing");
    }

    @Test
    void shouldTagOnlyWhatIsGood() {
        assertThat(RenderedAnswer.of(200, PARTIAL, null, "/next", true).headers())
                .containsKeys("ETag", "Cache-Control")
                .containsEntry("Link", "</next>; rel=\"next\"");
        assertThat(RenderedAnswer.of(202, PARTIAL, null, null, true).headers()).isEmpty();
        assertThat(RenderedAnswer.of(200, PARTIAL, null, null, false).headers()).isEmpty();
    }

    private static Columns columns() {
        OpenApiDocument document = ProgramOperations.document();
        ProgramOperations.json(document);
        return document.columns(MarketOperations.MARKETS);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
