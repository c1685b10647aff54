package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.topology.Beat;
import io.plimsoll.topology.MonitorSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

    private static final String GUARANTEE = StreamsConfig.PROCESSING_GUARANTEE_CONFIG;
    private static final String LINGER = StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG);
    private static final String COMMIT_INTERVAL = StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;

    @Test
    void shouldSendMostOfItBeforeTheCommitThatWaitsForAll() {
        Properties atLeastOnce = settings(Map.of());
        Properties exactlyOnce = settings(Map.of(GUARANTEE, StreamsConfig.EXACTLY_ONCE_V2));

        assertThat(atLeastOnce).containsEntry(GUARANTEE, StreamsConfig.AT_LEAST_ONCE);
        assertThat((int) exactlyOnce.get(LINGER))
                .isGreaterThan((int) atLeastOnce.get(LINGER))
                .isLessThan((int) Beat.PAUSE.toMillis());
    }

    @Test
    void shouldLeaveCommitsToTheBeatWhereReadersWaitForThem() {
        assertThat(settings(Map.of())).containsEntry(COMMIT_INTERVAL, 100);
        assertThat(settings(Map.of(GUARANTEE, StreamsConfig.EXACTLY_ONCE_V2))).containsEntry(COMMIT_INTERVAL, 1_000);
    }

    @Test
    void shouldLeaveTheUserTheLastWord() {
        Properties settings = settings(Map.of(GUARANTEE, StreamsConfig.EXACTLY_ONCE_V2, COMMIT_INTERVAL, "300"));

        assertThat(settings).containsEntry(COMMIT_INTERVAL, "300");
    }

    @Test
    void shouldLeaveTheSizeOfSocketsToTheSystemAndHoldNoFetchForQuietPartitions() {
        StreamsConfig settings = new StreamsConfig(settings(Map.of()));

        assertThat(settings.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("receive.buffer.bytes", -1)
                .containsEntry("send.buffer.bytes", -1)
                .containsEntry("fetch.max.wait.ms", 20);
        assertThat(settings.getProducerConfigs("client"))
                .containsEntry("receive.buffer.bytes", -1)
                .containsEntry("send.buffer.bytes", -1);
    }

    @Test
    void shouldGiveUpABrokerThatIsCutOffWithinSeconds() {
        StreamsConfig settings = new StreamsConfig(settings(Map.of()));

        assertThat(settings.getMainConsumerConfigs("group", "client", 0))
                .containsEntry("request.timeout.ms", 5_000)
                .containsEntry("default.api.timeout.ms", 20_000);
        assertThat(settings.getProducerConfigs("client")).containsEntry("request.timeout.ms", 5_000);
        assertThat(settings.getAdminConfigs("client"))
                .containsEntry("request.timeout.ms", 5_000)
                .containsEntry("default.api.timeout.ms", 20_000);
    }

    private static Properties settings(Map<String, String> streams) {
        return StreamsSettings.of(
                new PlimsollConfig(
                        "test",
                        null,
                        Path.of("unused"),
                        1,
                        new PlimsollConfig.HttpConfig("localhost", 0, null),
                        new PlimsollConfig.RegistryConfig("http://unused", true, Map.of()),
                        new PlimsollConfig.TopicsConfig(false, 1, 1),
                        new PlimsollConfig.AlertsConfig(1, null),
                        MonitorSettings.defaults(),
                        Map.of("bootstrap.servers", "unused:9092"),
                        streams,
                        PlimsollConfig.ConnectConfig.NONE),
                "localhost:1");
    }
}
