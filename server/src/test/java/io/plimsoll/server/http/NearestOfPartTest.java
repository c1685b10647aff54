package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.topology.accounts.NearAccount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NearestOfPartTest {

    private static final long SEED = 7;

    /** Against sorting all of them as JSON, page after page; few values, so that many are equal. */
    @ParameterizedTest
    @EnumSource(AccountOrder.class)
    void shouldFindWhatSortingAllOfThemFinds(AccountOrder order) {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, NearAccount> accounts = new LinkedHashMap<>();
        for (int i = 0; i < 200; i++) {
            accounts.put("v:" + random.nextInt(1_000_000), account(random));
        }
        List<JsonNode> sorted = accounts.entrySet().stream()
                .map(entry -> json(entry.getKey(), entry.getValue()))
                .sorted(order.comparator())
                .toList();

        JsonNode after = null;
        for (int from = 0; from < sorted.size(); from += 7) {
            NearestOfPart part = new NearestOfPart(order, new Page(7, order.order(), after), ReadersView.PLAIN);
            accounts.forEach((id, account) -> part.take(id, account, true));

            List<JsonNode> expected = sorted.subList(from, Math.min(sorted.size(), from + 8));
            assertThat(part.keys())
                    .describedAs("seed %s, from %s", SEED, from)
                    .containsExactlyInAnyOrderElementsOf(expected.stream()
                            .map(each -> each.path("id").asText())
                            .toList());
            after = sorted.get(Math.min(sorted.size() - 1, from + 6));
        }
    }

    @Test
    void shouldCountWhatIsNotListed() {
        NearestOfPart part = new NearestOfPart(
                AccountOrder.DISTANCE, new Page(1, AccountOrder.DISTANCE.order(), null), ReadersView.PLAIN);
        List<String> listed = new ArrayList<>();
        for (MarginCallState state : List.of(MarginCallState.WATCH, MarginCallState.WATCH, MarginCallState.BANKRUPT)) {
            String id = "v:" + listed.size();
            listed.add(id);
            part.take(id, new NearAccount(state, 0.1, 0.9, 1, 1, List.of()), state == MarginCallState.BANKRUPT);
        }

        assertThat(part.keys()).containsExactly("v:2");
        assertThat(part.counts())
                .containsExactlyInAnyOrderEntriesOf(Map.of(MarginCallState.WATCH, 2L, MarginCallState.BANKRUPT, 1L));
    }

    private static NearAccount account(SplittableRandom random) {
        return new NearAccount(
                MarginCallState.WATCH, few(random), few(random), random.nextInt(-3, 4), random.nextInt(4), List.of());
    }

    private static double few(SplittableRandom random) {
        return random.nextInt(6) == 0 ? Double.NaN : random.nextInt(-5, 6) / 10.0;
    }

    private static JsonNode json(String id, NearAccount account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("distance", orNull(account.distance()))
                .put("marginRatio", orNull(account.marginRatio()))
                .put("equityUsd", account.equityUsd())
                .put("forcedNotionalUsd", account.forcedNotionalUsd());
    }

    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : (Double) value;
    }
}
