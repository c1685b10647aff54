package io.plimsoll.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.topology.MonitorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {

    @TempDir
    private Path dir;

    @Test
    void shouldUseDefaultsWhereNothingIsSet() {
        PlimsollConfig config = ConfigReader.read(null, Map.of());

        assertThat(config.http()).isEqualTo(new PlimsollConfig.HttpConfig("127.0.0.1", 8080, null));
        assertThat(config.monitor()).isEqualTo(MonitorSettings.defaults());
        assertThat(config.instanceId()).isNull();
    }

    @Test
    void shouldReadTheFileAndHandKafkaSettingsOn() {
        PlimsollConfig config = read("""
                applicationId: mine
                http: {port: 9000, advertised: "host1:9000"}
                monitor:
                  windowGrace: 30s
                  partitions: 7
                kafka:
                  bootstrap.servers: [broker1:9092, broker2:9092]
                  ssl:
                    truststore:
                      location: /trust.jks
                streams:
                  num.standby.replicas: 1
                schemaRegistry:
                  url: https://registry:8081
                  client:
                    basic.auth.credentials.source: USER_INFO
                """, Map.of());

        assertThat(config.applicationId()).isEqualTo("mine");
        assertThat(config.advertisedAddress(1234)).isEqualTo("host1:9000");
        assertThat(config.monitor().windowGrace()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.monitor().partitions()).isEqualTo(7);
        assertThat(config.kafka())
                .containsEntry("bootstrap.servers", "broker1:9092,broker2:9092")
                .containsEntry("ssl.truststore.location", "/trust.jks");
        assertThat(config.streams()).containsEntry("num.standby.replicas", "1");
        assertThat(config.schemaRegistry().client()).containsEntry("basic.auth.credentials.source", "USER_INFO");
    }

    @Test
    void shouldLetTheEnvironmentWin() {
        PlimsollConfig config = read(
                "http: {port: 9000}",
                Map.of(
                        "PLIMSOLL_HTTP_PORT", "9001",
                        "PLIMSOLL_MONITOR_WINDOW_GRACE", "1m",
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", "b:9092",
                        "PLIMSOLL_SERVICE_HOST", "10.0.0.1",
                        "HOME", "/root"));

        assertThat(config.http().port()).isEqualTo(9001);
        assertThat(config.monitor().windowGrace()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.bootstrapServers()).isEqualTo("b:9092");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "monitor.windowGrce: 10s | :1: monitor.windowGrce is not a setting; the nearest that is one: monitor.windowGrace",
                "monitor: {windowGrace: ten} | :1: monitor.windowGrace is \"ten\", allowed is a number with a unit",
                "monitor: {order: random} | monitor.order is \"random\", allowed is arrival or event-time",
                "http: {port: 99999} | http.port is \"99999\", allowed is a number from 0",
                "http: 8080 | :1: http is not a setting but a section, allowed are http.advertised,",
                "threads: 0 | threads is \"0\", allowed is a whole number from 1",
                "threads: many | threads is \"many\"",
                "topics: {create: yes please} | topics.create is \"yes please\", allowed is true or false",
                "schemaRegistry: {url: 'registry:8081'} | schemaRegistry.url is \"registry:8081\", allowed is one or more http",
                "kafka: {boostrap.servers: 'b:9092'} | kafka.boostrap.servers is not a setting of Kafka's; the nearest that is one: kafka.bootstrap.servers",
                "http: {answerMemory: 5} | http.answerMemory is \"5\", allowed is a number with a unit",
                "alerts: {webhook: {url: 'http://a,http://b'}} | alerts.webhook.url is \"http://a,http://b\", allowed is an http",
                "quux: 1 | :1: quux is not a setting; ./plimsoll config prints all that are",
                "'- a' | allowed are lines of the form name: value",
                "'a: [' | this is not YAML that can be read",
            })
    void shouldSayInOneSentenceWhatIsWrong(String yaml, String sentence) {
        assertThatThrownBy(() -> read(yaml, Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("plimsoll.yaml:1: ")
                .hasMessageContaining(sentence)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void shouldHaveAWebhookOnlyWhereItIsNamed() {
        PlimsollConfig without = ConfigReader.read(null, Map.of());
        PlimsollConfig with = ConfigReader.read(null, Map.of("PLIMSOLL_ALERTS_WEBHOOK_URL", "http://pager:9093"));

        assertThat(without.alerts().webhook()).isNull();
        assertThat(with.alerts().webhook())
                .isEqualTo(new PlimsollConfig.WebhookConfig(
                        "http://pager:9093",
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(5),
                        Duration.ofHours(24),
                        null));
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of("PLIMSOLL_ALERTS_WEBHOOK_VALIDITY", "5m")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("alerts.webhook.validity is 5m, allowed is more than alerts.webhook.resend, 5m");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLIMSOLL_HTTP_ANSWER_MEMORY | 11s | http.answerMemory is 11s, allowed is 0s to 10s",
                "PLIMSOLL_HTTP_STREAM_EVERY | 99ms | http.streamEvery is 99ms, allowed is 100ms or more",
            })
    void shouldKeepWhatSeveralShareWithinItsRange(String name, String value, String sentence) {
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(sentence);
    }

    @Test
    void shouldNameTheMistypedEnvironmentVariable() {
        assertThatThrownBy(() -> ConfigReader.read(null, Map.of("PLIMSOLL_HTP_PORT", "1")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("PLIMSOLL_HTP_PORT")
                .hasMessageContaining("PLIMSOLL_HTTP_PORT");
    }

    @Test
    void shouldRefuseASettingThatIsGivenTwice() {
        assertThatThrownBy(() -> read("threads: 1\nthreads: 2", Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("plimsoll.yaml:2")
                .hasMessageContaining("threads");
    }

    @Test
    void shouldNeverShowSecrets() throws IOException {
        String yaml = """
                kafka:
                  bootstrap.servers: b:9092
                  sasl.jaas.config: SEEN user
                  ssl.truststore.password: SEEN
                  ssl.keystore.key: SEEN
                schemaRegistry:
                  client:
                    basic.auth.user.info: SEEN
                    bearer.auth.token: SEEN
                alerts:
                  webhook: {url: "http://pager:9093", token: SEEN}
                """;
        Path file = Files.writeString(dir.resolve("plimsoll.yaml"), yaml);

        String table = SettingsTable.plain(file, Map.of());
        PlimsollConfig read = ConfigReader.read(file, Map.of());
        String config = read.toString() + read.alerts();

        assertThat(table)
                .contains("kafka.bootstrap.servers: b:9092")
                .contains("kafka.sasl.jaas.config: (hidden)")
                .contains("alerts.webhook.token: (hidden)")
                .doesNotContain("SEEN");
        assertThat(config).doesNotContain("SEEN");
    }

    @Test
    void shouldRequireTheBrokersWhereTheyAreNeeded() {
        PlimsollConfig config = ConfigReader.read(null, Map.of());

        assertThatThrownBy(() -> config.requireBootstrapServers(Path.of("mine.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("mine.yaml: kafka.bootstrap.servers is missing");
    }

    private PlimsollConfig read(String yaml, Map<String, String> environment) {
        try {
            return ConfigReader.read(Files.writeString(dir.resolve("plimsoll.yaml"), yaml), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
