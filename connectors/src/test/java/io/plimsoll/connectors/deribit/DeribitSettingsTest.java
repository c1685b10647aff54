package io.plimsoll.connectors.deribit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.connectors.feed.SettingsTable;
import java.io.IOException;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class DeribitSettingsTest {

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        SettingsTable.assertDocumented(DeribitConfig.DEFINITION, "deribit.md");
    }

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(DeribitSourceConnector.class);
    }

    @Test
    void shouldRefuseWhatCannotBeUsed() {
        assertThatThrownBy(() -> config("margin.rates", "BTC=1%")).hasMessageContaining("margin.rates");
        assertThatThrownBy(() -> config("margin.date", "yesterday")).hasMessageContaining("margin.date");
        assertThatThrownBy(() -> config("currencies", "btc usd")).hasMessageContaining("currencies");
        assertThatThrownBy(() -> config("currencies", "")).hasMessageContaining("one currency or more");
    }

    @Test
    void shouldReadMarginRates() {
        DeribitConfig config = config("margin.rates", "BTC=0.01+0.00005,XRP=.02+.0000001");

        assertThat(config.rates()).containsOnlyKeys("BTC", "XRP");
        assertThat(config.rates().get("XRP")).isEqualTo(new DeribitConfig.MarginRate(0.02, 0.0000001));
    }

    private static DeribitConfig config(String setting, String value) {
        return new DeribitConfig(Map.of("schema.registry.url", "mock://settings", setting, value));
    }
}
