package io.plimsoll.connectors.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.connectors.bybit.BybitConfig;
import io.plimsoll.connectors.bybit.BybitSourceConnector;
import io.plimsoll.connectors.okx.OkxSourceConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of the connectors that bring markets and no accounts. */
class MarketFeedSettingsTest {

    private final Map<String, String> settings = new HashMap<>(Map.of(
            "name",
            "feed",
            "schema.registry.url",
            "http://registry:8081",
            "key.converter",
            FeedSourceConnector.BYTES_CONVERTER,
            "value.converter",
            FeedSourceConnector.BYTES_CONVERTER));

    private static FeedSourceConnector connector(String venue) {
        return venue.equals("bybit") ? new BybitSourceConnector() : new OkxSourceConnector();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bybit", "okx"})
    void shouldNeedNothingButARegistryAndConverters(String venue) {
        FeedSourceConnector connector = connector(venue);

        connector.start(settings);

        assertThat(connector.taskConfigs(20)).hasSize(10);
        assertThat(connector.validate(settings).configValues().stream()
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream))
                .isEmpty();
        assertThat(ServiceLoader.load(SourceConnector.class))
                .anyMatch(found -> found.getClass() == connector.getClass());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bybit | category | option | linear, inverse",
                "bybit | depth.levels | 100 | 50, 200 and 1000",
                "bybit | rest.url | ftp://x | http:// or https://",
                "bybit | reconnect.backoff.ms | 60000 | reconnect.backoff.max.ms",
                "okx | instrument.types | SWAP,OPTION | FUTURES",
                "okx | liquidation.fee.rate | 0.5 | no more than 0.1",
                "okx | websocket.url | https://x | ws:// or wss://",
                "okx | depth.distances | 0.02,0.01 | each above the one before",
                "okx | requests.per.minute | 0 | at least 1"
            })
    void shouldSayWhatIsWrongWithASetting(String venue, String name, String value, String allowed) {
        settings.put(name, value);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> connector(venue).start(settings))
                .withMessageContaining(name)
                .withMessageContaining(allowed);
    }

    @Test
    void shouldConnectToTheCategory() {
        settings.put("category", "inverse");

        assertThat(new BybitConfig(settings).webSocketUrl()).hasToString("wss://stream.bybit.com/v5/public/inverse");
    }

    @Test
    void shouldNotMakeMoreTasksThanThereAreMarkets() {
        settings.put("markets", "BTC-USDT-SWAP,ETH-USDT-SWAP");
        FeedSourceConnector connector = connector("okx");

        connector.start(settings);

        assertThat(connector.taskConfigs(8).stream()
                        .map(task -> task.get("task.index") + " of " + task.get("task.count"))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("0 of 2", "1 of 2");
    }
}
