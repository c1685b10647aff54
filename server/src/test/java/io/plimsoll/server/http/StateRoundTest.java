package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StateRoundTest {

    private static final ObjectNode NO_SUBJECTS = list("subjects", "", "");

    @Test
    void shouldWriteEachStateOnceAndSayWhenItChanged() {
        StateRound first = StateRound.NONE.next(
                list("markets", "{'id': 'v:A', 'asOfMs': 1, 'ageMs': 9}, {'id': 'v:B', 'asOfMs': 1, 'ageMs': 9}", ""),
                list("subjects", "{'id': 'system', 'asOfMs': 1, 'ageMs': 9}", ""));
        StateRound second = first.next(
                list("markets", "{'id': 'v:A', 'asOfMs': 2, 'ageMs': 8}, {'id': 'v:B', 'asOfMs': 1, 'ageMs': 19}", ""),
                list("subjects", "{'id': 'system', 'asOfMs': 1, 'ageMs': 19}", ""));

        assertThat(first.number()).isEqualTo(1);
        assertThat(text(first.markets().get("v:A").text()))
                .isEqualTo("event: market\ndata: {\"id\":\"v:A\",\"asOfMs\":1,\"ageMs\":9}\n\n");
        assertThat(text(first.subjects().get("system").text())).startsWith("event: subject\ndata: {\"id\":\"system\"");
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.markets().get("v:A").round()).isEqualTo(2);
        assertThat(text(second.markets().get("v:A").text())).contains("\"asOfMs\":2,\"ageMs\":8}");
        assertThat(second.markets().get("v:B")).isSameAs(first.markets().get("v:B"));
        assertThat(second.subjects()).isSameAs(first.subjects());
    }

    @Test
    void shouldBeTheSameRoundWhereOnlyTimeHasPassed() {
        StateRound first =
                StateRound.NONE.next(list("markets", "{'id': 'v:A', 'asOfMs': 1, 'ageMs': 9}", ""), NO_SUBJECTS);

        assertThat(first.next(list("markets", "{'id': 'v:A', 'asOfMs': 1, 'ageMs': 19}", ""), NO_SUBJECTS))
                .isSameAs(first);
    }

    @Test
    void shouldSayWhatIsMissingAndLeaveItAsItWas() {
        StateRound whole =
                StateRound.NONE.next(list("markets", "{'id': 'v:A', 'asOfMs': 1, 'ageMs': 9}", ""), NO_SUBJECTS);
        StateRound partial =
                whole.next(list("markets", "", "{'instance': 'a:1', 'store': 'market-states'}"), NO_SUBJECTS);

        assertThat(text(whole.tick()))
                .isEqualTo(
                        "event: tick\ndata: {\"servedAtMs\":7,\"complete\":true,\"missing\":[],\"stale\":false}\n\n");
        assertThat(partial.number()).isEqualTo(2);
        assertThat(partial.markets()).isSameAs(whole.markets());
        assertThat(text(partial.tick())).contains("\"complete\":false,\"missing\":[{\"instance\":\"a:1\"");
    }

    static ObjectNode list(String field, String items, String missing) {
        String text = "{'servedAtMs': 7, '" + field + "': [" + items + "], 'next': null, 'complete': "
                + missing.isEmpty() + ", 'missing': [" + missing + "], 'stale': false}";
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] event) {
        return new String(event, StandardCharsets.UTF_8);
    }
}
