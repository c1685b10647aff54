package io.plimsoll.connectors.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.plimsoll.connectors.feed.FeedSourceConnector;
import io.plimsoll.connectors.feed.OpenInterestTerms;
import io.plimsoll.schemas.avro.OpenInterestSides;
import io.plimsoll.schemas.avro.OpenInterestUnit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinanceSettingsTest {

    private final BinanceUsdmSourceConnector connector = new BinanceUsdmSourceConnector();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "name",
            "bn",
            "schema.registry.url",
            "http://registry:8081",
            "key.converter",
            FeedSourceConnector.BYTES_CONVERTER,
            "value.converter",
            FeedSourceConnector.BYTES_CONVERTER));

    @Test
    void shouldBeFoundByKafkaConnect() {
        assertThat(ServiceLoader.load(SourceConnector.class))
                .anyMatch(found -> found instanceof BinanceUsdmSourceConnector)
                .anyMatch(found -> found instanceof BinanceCoinmSourceConnector);
    }

    @Test
    void shouldDeclareOpenInterestOfEachProduct() {
        assertThat(connector.openInterest())
                .isEqualTo(new OpenInterestTerms(OpenInterestUnit.BASE, OpenInterestSides.SINGLE));
        assertThat(new BinanceCoinmSourceConnector().openInterest())
                .isEqualTo(new OpenInterestTerms(OpenInterestUnit.CONTRACTS, OpenInterestSides.SINGLE));
    }

    @Test
    void shouldNeedNothingButARegistryAndConverters() {
        connector.start(settings);
        new BinanceCoinmSourceConnector().start(settings);

        assertThat(new BinanceConfig(Product.USDM, settings).depthUrl())
                .hasToString("wss://fstream.binance.com/public/stream");
        assertThat(new BinanceConfig(Product.COINM, settings).venue()).isEqualTo("binance-coinm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "venue | a:b | without colons",
                "rest.url | ftp://x | http:// or https://",
                "websocket.market.url | https://x/ws | ws:// or wss://",
                "websocket.depth.url | not a url | no URL",
                "depth.levels | 50 | 100, 500 or 1000",
                "depth.distances | 0.02,0.01 | each above the one before",
                "brackets.date | today | 2026-05-14",
                "api.key | abc | together only",
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
    void shouldNotShowItsKey() {
        settings.put("api.key", "a-key-nobody-is-to-see");
        settings.put("api.secret", "a-secret-nobody-is-to-see");

        BinanceConfig config = new BinanceConfig(Product.USDM, settings);

        assertThat(config.values().toString()).doesNotContain("nobody-is-to-see");
        assertThat(new Wire(config).brackets(1).toString()).doesNotContain("nobody-is-to-see");
        assertThat(new Wire(config).brackets(1).target()).doesNotContain("nobody-is-to-see");
    }

    @Test
    void shouldNotMakeMoreTasksThanThereAreMarkets() {
        settings.put("markets", "BTCUSDT,ETHUSDT");

        connector.start(settings);

        assertThat(connector.taskConfigs(8)).hasSize(2);
    }

    @Test
    void shouldDocumentEverySettingAsItIs() throws IOException {
        String page = Files.readString(Path.of("../docs/connectors/binance.md"));

        assertThat(page)
                .describedAs("the settings in docs/connectors/binance.md")
                .endsWith(table());
    }

    private static String table() {
        Map<String, ConfigDef.ConfigKey> coinm =
                BinanceConfig.definition(Product.COINM).configKeys();
        return BinanceConfig.definition(Product.USDM).configKeys().values().stream()
                .filter(key -> !key.documentation.equals("Set by the connector."))
                .map(key -> "| `" + key.name + "` | " + key.documentation + " | " + defaultsOf(key, coinm.get(key.name))
                        + " |\n")
                .collect(Collectors.joining("", "| Setting | What | Default |\n|---|---|---|\n", ""));
    }

    private static String defaultsOf(ConfigDef.ConfigKey usdm, ConfigDef.ConfigKey coinm) {
        String one = defaultOf(usdm);
        String other = defaultOf(coinm);
        return one.equals(other) ? one : one + ", COIN-M " + other;
    }

    private static String defaultOf(ConfigDef.ConfigKey key) {
        if (!key.hasDefault()) {
            return "needed";
        }
        if (key.type == ConfigDef.Type.PASSWORD) {
            return "empty";
        }
        String text = key.defaultValue instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
                : String.valueOf(key.defaultValue);
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }
}
