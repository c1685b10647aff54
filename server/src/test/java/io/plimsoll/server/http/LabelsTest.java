package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelsTest {

    private final ObjectMapper json = new ObjectMapper();
    private final Labels labels = new Labels();

    @Test
    void shouldSayThatNothingIsMissing() throws Exception {
        assertThat(labelled()).isEqualTo(json.readTree("{\"complete\":true,\"missing\":[],\"stale\":false}"));
        assertThat(labels.isComplete()).isTrue();
        assertThat(labels.isUpToDate()).isTrue();
    }

    @Test
    void shouldSayWhatIsMissingAndWhy() throws Exception {
        labels.miss(new Labels.Lack("market-states", "b:1", Trouble.TIMEOUT), 3);
        labels.miss(new Labels.Lack("market-states", "b:1", Trouble.TIMEOUT), 1);
        labels.miss(new Labels.Lack("market-states", "a:1", Trouble.RESTORING), 0);

        assertThat(labelled()).isEqualTo(json.readTree("""
                {"complete": false,
                 "missing": [
                   {"instance": "a:1", "reason": "RESTORING", "store": "market-states", "partitions": [0], "of": 4,
                    "ids": ["v:0"]},
                   {"instance": "b:1", "reason": "TIMEOUT", "store": "market-states", "partitions": [1, 3], "of": 4,
                    "ids": ["v:1", "v:3"]}],
                 "stale": false}
                """));
        assertThat(labels.isComplete()).isFalse();
    }

    @Test
    void shouldSayWhatMayBeOld() throws Exception {
        labels.stale(new StalePart("a:1", "accounts", 2, StalePart.Role.STANDBY, 17L));
        labels.stale(new StalePart("a:1", "market-states", 2, StalePart.Role.ACTIVE, null));

        assertThat(labelled()).isEqualTo(json.readTree("""
                {"complete": true, "missing": [], "stale": true,
                 "staleParts": [
                   {"instance": "a:1", "role": "STANDBY", "store": "accounts", "partition": 2, "offsetLag": 17},
                   {"instance": "a:1", "role": "ACTIVE", "store": "market-states", "partition": 2, "offsetLag": null}]}
                """));
        assertThat(labels.isUpToDate()).isFalse();
    }

    @Test
    void shouldReadWhatAnotherInstanceHasWritten() {
        StalePart part = new StalePart("a:1", "accounts", 2, StalePart.Role.RESTORING, 17L);

        assertThat(StalePart.of(part.json())).isEqualTo(part);
    }

    @Test
    void shouldTakeACopyForWholeOnlyWhereItIsNear() {
        assertThat(part(StalePart.Role.STANDBY, 10_000L).isWhole()).isTrue();
        assertThat(part(StalePart.Role.STANDBY, 10_001L).isWhole()).isFalse();
        assertThat(part(StalePart.Role.STANDBY, null).isWhole()).isFalse();
        assertThat(part(StalePart.Role.RESTORING, 1L).isWhole()).isFalse();
        assertThat(part(StalePart.Role.ACTIVE, null).isWhole()).isTrue();
    }

    private static StalePart part(StalePart.Role role, @Nullable Long lag) {
        return new StalePart("a:1", "accounts", 0, role, lag);
    }

    /** As it would be sent, and read. */
    private Object labelled() throws Exception {
        ObjectNode body = json.createObjectNode();
        labels.addTo(body, store -> 4, lack -> {
            Set<String> ids = new TreeSet<>();
            lack.getValue().forEach(part -> ids.add("v:" + part));
            return ids;
        });
        return json.readTree(body.toString());
    }
}
