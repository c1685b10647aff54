package io.plimsoll.connectors.hyperliquid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HyperliquidSettingsTest {

    private static final String ADDRESS = "0x20BC9cd229dfd681740834d9b4f55641ce435da3";

    private final HyperliquidSourceConnector connector = new HyperliquidSourceConnector();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "name",
            "hl",
            "schema.registry.url",
            "http://registry:8081",
            "key.converter",
            FeedSourceConnector.BYTES_CONVERTER,
            "value.converter",
            FeedSourceConnector.BYTES_CONVERTER));

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .anyMatch(found -> found instanceof HyperliquidSourceConnector);
    }

    @Test
    void shouldNeedNothingButARegistryAndConverters() {
        connector.start(settings);

        assertThat(new HyperliquidConfig(settings).infoUrl()).hasToString("https://api.hyperliquid.xyz/info");
        assertThat(errors()).isEmpty();
        assertThat(connector.exactlyOnceSupport(settings)).isEqualTo(ExactlyOnceSupport.SUPPORTED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accounts | 0x12 | 0x and 40 hexadecimal digits",
                "venue | Hyper | lower case",
                "venue | a:b | without colons",
                "info.url | ftp://x/info | http:// or https://",
                "websocket.url | https://x/ws | ws:// or wss://",
                "websocket.url | not a url | no URL",
                "depth.significant.figures | 1 | 2 to 5, or 0",
                "depth.distances | 0.02,0.01 | each above the one before",
                "depth.distances | half | fractions above 0",
                "accounts.interval.min.ms | 900000 | accounts.interval.max.ms",
                "reconnect.backoff.ms | 60000 | reconnect.backoff.max.ms",
                "weight.per.minute | 0 | at least 1"
            })
    void shouldSayWhatIsWrongWithASetting(String name, String value, String allowed) {
        settings.put(name, value);

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> connector.start(settings))
                .withMessageContaining(name)
                .withMessageContaining(allowed);
    }

    @Test
    void shouldRefuseMoreSubscribedUsersThanTheVenueAllows() {
        settings.put("liquidations.users", String.join(",", java.util.Collections.nCopies(11, ADDRESS)));

        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> connector.start(settings))
                .withMessageContaining("11 addresses");
    }

    @Test
    void shouldRefuseConvertersThatWouldChangeTheBytes() {
        settings.remove("value.converter");
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> connector.start(settings))
                .withMessage("value.converter is not set, allowed is " + FeedSourceConnector.BYTES_CONVERTER
                        + ": records are written as Avro by the connector itself");

        settings.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        assertThat(errors()).singleElement().asString().contains("JsonConverter");
    }

    @Test
    void shouldGiveEveryMarketAndAccountToOneTask() {
        connector.start(settings);

        List<Map<String, String>> tasks = connector.taskConfigs(3);

        assertThat(tasks).hasSize(3);
        Set<String> slices = new HashSet<>();
        int holders = 0;
        for (Map<String, String> task : tasks) {
            HyperliquidConfig config = new HyperliquidConfig(task);
            slices.add(config.slice().toString());
            holders += AccountMemory.belongs(ADDRESS.toLowerCase(java.util.Locale.ROOT), config.slice()) ? 1 : 0;
        }
        assertThat(slices).containsExactlyInAnyOrder("0-of-3", "1-of-3", "2-of-3");
        assertThat(holders).isEqualTo(1);
    }

    @Test
    void shouldNotMakeMoreTasksThanThereIsWork() {
        settings.put("markets", "BTC,ETH");
        settings.put("accounts.discover", "false");

        connector.start(settings);

        assertThat(connector.taskConfigs(8)).hasSize(2);
    }

    @Test
    void shouldHandSettingsOfTheRegistryOn() {
        settings.put("schema.registry.basic.auth.credentials.source", "USER_INFO");

        assertThat(new HyperliquidConfig(settings).originals())
                .containsEntry("schema.registry.basic.auth.credentials.source", "USER_INFO");
        assertThat(errors()).isEmpty();
    }

    @Test
    void shouldRefuseAFeedThatDoesNotDeclareItsOpenInterest() {
        FeedSourceConnector silent = new FeedSourceConnector() {
            @Override
            protected io.plimsoll.connectors.feed.OpenInterestTerms openInterest() {
                return null;
            }

            @Override
            protected int mostTasks(Map<String, String> given) {
                return 1;
            }

            @Override
            public Class<? extends org.apache.kafka.connect.connector.Task> taskClass() {
                return HyperliquidSourceTask.class;
            }

            @Override
            public org.apache.kafka.common.config.ConfigDef config() {
                return HyperliquidConfig.DEFINITION;
            }
        };

        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> silent.start(settings))
                .withMessageContaining("does not declare the unit and the sides of its open interest");
    }

    private List<String> errors() {
        return connector.validate(settings).configValues().stream()
                .map(ConfigValue::errorMessages)
                .flatMap(List::stream)
                .toList();
    }
}
