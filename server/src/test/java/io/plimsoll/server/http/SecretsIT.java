package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.plimsoll.server.PlimsollServer;
import io.plimsoll.server.access.ApiKeys;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.config.SettingsTable;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.monitor.TopicCreation;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A program that was told every kind of secret tells none of them: not in its log, not over HTTP, not in its settings. */
class SecretsIT {

    private static final String KEY = ApiKeys.newKey();
    private static final String MASK = "mask-secret-b51f0c77e2";
    private static final String TOKEN = "webhook-token-6be0914c";
    private static final String JAAS = "jaas-password-2c97ab10";
    private static final String KEYSTORE = "keystore-password-e8831f";
    private static final String REGISTRY = "registry-password-77aa01";
    private static final String STREAMS = "streams-password-19cc04d2";
    private static final List<String> SECRETS =
            List.of(KEY, ApiKeys.hashOf(KEY), MASK, TOKEN, JAAS, KEYSTORE, REGISTRY, STREAMS);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path dir;

    private final ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();

    @Test
    void shouldTellNoSecretAnywhere() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger kafkas = (Logger) LoggerFactory.getLogger("org.apache.kafka");
        Level[] before = {root.getLevel(), kafkas.getLevel()};
        AppenderBase<ILoggingEvent> log = listening();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.INFO);
        kafkas.setLevel(Level.INFO);
        try (EmbeddedKafka kafka = EmbeddedKafka.startTemporary()) {
            run(settings(kafka.bootstrapServers()));
        } finally {
            root.detachAppender(log);
            root.setLevel(before[0]);
            kafkas.setLevel(before[1]);
        }

        assertThat(said).describedAs("what was said").hasSizeGreaterThan(100).anyMatch(text -> text.contains("jaas"));
        for (String secret : SECRETS) {
            assertThat(said).noneMatch(text -> text.contains(secret));
        }
    }

    private void run(Map<String, String> settings) throws Exception {
        PlimsollConfig config = ConfigReader.read(null, settings);
        EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        try (PlimsollServer server = PlimsollServer.start(config, registry.client(), registry)) {
            said.add(config.toString());
            said.add(SettingsTable.plain(null, settings));
            assertThat(server.awaitReady()).isTrue();
            for (String path : List.of(
                    "/health/live",
                    "/health/ready",
                    "/metrics",
                    "/api/v1/openapi.json",
                    "/api/v1/markets",
                    "/api/v1/alerts",
                    "/api/v1/feeds",
                    "/api/v1/nowhere",
                    "/api/v1/markets?limit=0",
                    "/")) {
                ask(server.port(), path, KEY);
                ask(server.port(), path, KEY.substring(1));
                ask(server.port(), path, null);
            }
            await("the webhook has been tried")
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> ask(server.port(), "/metrics", KEY).contains("plimsoll_webhook_"));
        }
    }

    private String ask(int port, String path, @Nullable String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<String> answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        said.add(path + " " + answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
        return answer.body();
    }

    private AppenderBase<ILoggingEvent> listening() {
        return new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                said.add(event.getLoggerName() + " " + event.getFormattedMessage()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        };
    }

    private static Map<String, String> settings(String brokers) {
        Map<String, String> settings = new HashMap<>();
        settings.put("PLIMSOLL_HTTP_PORT", "0");
        settings.put("PLIMSOLL_THREADS", "1");
        settings.put("PLIMSOLL_TOPICS_PARTITIONS", "1");
        settings.put("PLIMSOLL_MONITOR_PARTITIONS", "1");
        settings.put("PLIMSOLL_DATA_DIR", dir.toString());
        settings.put("PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", brokers);
        settings.put("PLIMSOLL_HTTP_AUTH_KEYS_DESK_SHA256", ApiKeys.hashOf(KEY));
        settings.put("PLIMSOLL_HTTP_AUTH_KEYS_DESK_ROLE", "reader");
        settings.put("PLIMSOLL_HTTP_AUTH_MASK_ACCOUNTS", "true");
        settings.put("PLIMSOLL_HTTP_AUTH_MASK_SECRET", MASK);
        settings.put("PLIMSOLL_ALERTS_WEBHOOK_URL", "http://127.0.0.1:9");
        settings.put("PLIMSOLL_ALERTS_WEBHOOK_TOKEN", TOKEN);
        // The brokers speak plain text: clients are told of these, say what they were told, and do not use them.
        settings.put(
                "PLIMSOLL_KAFKA_SASL_JAAS_CONFIG",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"" + JAAS
                        + "\";");
        settings.put("PLIMSOLL_KAFKA_SSL_KEYSTORE_PASSWORD", KEYSTORE);
        settings.put("PLIMSOLL_STREAMS_SSL_KEY_PASSWORD", STREAMS);
        settings.put("PLIMSOLL_SCHEMA_REGISTRY_CLIENT_BASIC_AUTH_USER_INFO", "u:" + REGISTRY);
        return settings;
    }
}
