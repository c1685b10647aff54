package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldLeaveOutWhatChangesByItself() throws Exception {
        String one = "{\"servedAtMs\": 1, \"markets\": [{\"id\": \"a\", \"ageMs\": 5, \"price\": 1.5}]}";

        assertThat(tag(one.replace("5,", "6,").replace("servedAtMs\": 1", "servedAtMs\": 2")))
                .isEqualTo(tag(one));
        assertThat(tag(one.replace("1.5", "1.6"))).isNotEqualTo(tag(one));
        assertThat(tag(one.replace("\"a\"", "\"b\""))).isNotEqualTo(tag(one));
        assertThat(tag("[[1], []]")).isNotEqualTo(tag("[[], [1]]"));
        assertThat(tag("[null]")).isNotEqualTo(tag("[\"null\"]"));
        assertThat(Fingerprint.of(JSON.readTree(one), "text/csv")).isNotEqualTo(tag(one));
    }

    @Test
    void shouldFindItselfAmongTheTagsOfAClient() {
        assertThat(Fingerprint.isIn("W/\"a\"", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("\"b\", \"a\"", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("*", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("W/\"b\"", "W/\"a\"")).isFalse();
    }

    private static String tag(String json) throws Exception {
        JsonNode body = JSON.readTree(json);
        return Fingerprint.of(body, "application/json");
    }
}
