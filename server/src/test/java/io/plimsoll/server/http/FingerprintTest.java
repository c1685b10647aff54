package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

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
        assertThat(Fingerprint.of(written(one), "text/csv")).isNotEqualTo(tag(one));
    }

    @Test
    void shouldLeaveOutNothingElse() throws Exception {
        String one = "{\"ageMs\": null, \"imageMs\": 1, \"detail\": \"\\\"ageMs\\\": 1\", \"last\": \"ageMs\"}";

        assertThat(tag(one.replace("null", "1"))).isEqualTo(tag(one));
        assertThat(tag(one.replace("imageMs\": 1", "imageMs\": 2"))).isNotEqualTo(tag(one));
        assertThat(tag(one.replace("\\\": 1", "\\\": 2"))).isNotEqualTo(tag(one));
        assertThat(tag(one.replace("\"ageMs\"}", "\"ageMt\"}"))).isNotEqualTo(tag(one));
        assertThat(tag("{\"a\":1,\"ageMs\":5}")).isNotEqualTo(tag("{\"a\":2,\"ageMs\":5}"));
    }

    @Test
    void shouldFindItselfAmongTheTagsOfAClient() {
        assertThat(Fingerprint.isIn("W/\"a\"", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("\"b\", \"a\"", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("*", "W/\"a\"")).isTrue();
        assertThat(Fingerprint.isIn("W/\"b\"", "W/\"a\"")).isFalse();
    }

    private static String tag(String json) throws Exception {
        return Fingerprint.of(written(json), "application/json");
    }

    private static byte[] written(String json) throws Exception {
        return JSON.writeValueAsBytes(JSON.readTree(json));
    }
}
