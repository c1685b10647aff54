package io.plimsoll.server.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveFeedsTest {

    private final LiveFeeds feeds = LiveFeeds.onClassPath();

    @Test
    void shouldKnowVenuesByName() {
        assertThat(feeds.venues()).contains("hyperliquid").doesNotContain("connect", "file");
        assertThat(feeds.connectors("hyperliquid", Map.of("accounts.max", "7", "tasks.max", "2")))
                .containsExactly(Map.entry(
                        "hyperliquid",
                        Map.of(
                                "connector.class",
                                "io.plimsoll.connectors.hyperliquid.HyperliquidSourceConnector",
                                "accounts.max",
                                "7",
                                "tasks.max",
                                "2")));
    }

    @Test
    void shouldNameTheSettingThatWasMeant() {
        assertThat(feeds.unknownSetting("hyperliquid", List.of("accounts.max", "acounts.max")))
                .hasValueSatisfying(problem ->
                        assertThat(problem).startsWith("acounts.max is no setting, did you mean accounts.max?"));
        assertThat(feeds.unknownSetting("hyperliquid", List.of("tasks.max"))).isEmpty();
    }
}
