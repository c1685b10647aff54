package io.plimsoll.connectors.dydx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.SettingsTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class DydxSettingsTest {

    private static final String ACCOUNT = "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4/0";

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        SettingsTable.assertDocumented(DydxConfig.DEFINITION, "dydx.md");
    }

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(DydxSourceConnector.class);
    }

    @Test
    void shouldRefuseWhatCannotBeUsed() {
        assertThatThrownBy(() -> config("accounts", "dydx199tqg4wdlnu4qjlxchpd7seg454937hjrknju4"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("accounts")
                .hasMessageContaining("address/number");
        assertThatThrownBy(() -> config("rest.url", "ftp://indexer")).hasMessageContaining("rest.url");
        assertThatThrownBy(() -> config("reconnect.backoff.ms", "60000"))
                .hasMessageContaining("reconnect.backoff.max.ms");
        assertThatThrownBy(() -> config("depth.distances", "0.1,0.05")).hasMessageContaining("depth.distances");
    }

    @Test
    void shouldMakeAsManyTasksAsThereIsWorkToShare() {
        DydxSourceConnector connector = new DydxSourceConnector();
        connector.start(settings("markets", "BTC-USD,ETH-USD"));

        assertThat(connector.taskConfigs(8)).hasSize(2);
        assertThat(connector.config().names()).contains("accounts", "markets");
    }

    @Test
    void shouldGiveMarketsOfWhichPositionsMayBeHeld() {
        DydxConfig config = new DydxConfig(settings("markets", "BTC-USD"));
        assertThat(config.wants("ETH-USD")).isFalse();

        Map<String, String> following = settings("markets", "BTC-USD");
        following.put("accounts", ACCOUNT);

        assertThat(new DydxConfig(following).wants("ETH-USD")).isTrue();
        assertThat(new DydxConfig(following).streams("ETH-USD")).isFalse();
    }

    private static DydxConfig config(String setting, String value) {
        return new DydxConfig(settings(setting, value));
    }

    private static Map<String, String> settings(String setting, String value) {
        Map<String, String> settings = new HashMap<>();
        settings.put("schema.registry.url", "mock://settings");
        settings.put("key.converter", FeedSourceConnector.BYTES_CONVERTER);
        settings.put("value.converter", FeedSourceConnector.BYTES_CONVERTER);
        settings.put(setting, value);
        return settings;
    }
}
