package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountOrderTest {

    @Test
    void shouldPutTheSmallestMoveFirstWhicheverWayItGoes() {
        assertThat(ids(AccountOrder.DISTANCE, "distance", -0.03, 0.02, null, 0.0, -0.01))
                .containsExactly("3", "4", "1", "0", "2");
    }

    @Test
    void shouldPutNoBackingAtAllBeforeTheLargestRatio() {
        assertThat(ids(AccountOrder.RATIO, "marginRatio", 0.6, null, 1.4)).containsExactly("1", "2", "0");
    }

    @Test
    void shouldPutTheLargestFirstAndEqualsById() {
        assertThat(ids(AccountOrder.EQUITY, "equityUsd", -5.0, 10.0, 7.0, 10.0)).containsExactly("1", "3", "2", "0");
        assertThat(ids(AccountOrder.FORCED, "forcedNotionalUsd", 1.0, 3.0)).containsExactly("1", "0");
    }

    private static List<String> ids(AccountOrder order, String field, @Nullable Double... values) {
        Stream.Builder<JsonNode> accounts = Stream.builder();
        for (int i = 0; i < values.length; i++) {
            accounts.add(JsonNodeFactory.instance
                    .objectNode()
                    .put("id", Integer.toString(i))
                    .put(field, values[i]));
        }
        return accounts.build()
                .sorted(order.comparator())
                .map(account -> account.get("id").asText())
                .toList();
    }
}
