package io.plimsoll.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The whole stack from clean: it takes a replay, and what is in the warehouse equals what is on the topics. */
@NeedsContainers
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class StackIT {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String CONFIG = "/etc/plimsoll/plimsoll.yaml";
    /** The sinks commit to Iceberg each minute; a test need not wait so long. */
    private static final String COMMIT_INTERVAL = "iceberg.control.commit.interval-ms";

    private static final String COMMIT_INTERVAL_MS = "3000";

    /** Iceberg's files; they belong to the container's user, who may not be the one who runs the tests. */
    @TempDir(cleanup = CleanupMode.NEVER)
    private static Path warehouse;

    @TempDir
    private static Path recordings;

    private static Stack stack;
    private static Published published;
    private static WarehouseRows rows;

    @BeforeAll
    static void start() throws Exception {
        Files.setPosixFilePermissions(warehouse, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(recordings, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<LogRecord> log = MonitorLog.RECORDS_OF_YESTERDAY;
        MonitorLog.recording(recordings.resolve("first.jsonl.gz"), log.subList(0, log.size() / 2));
        MonitorLog.recording(recordings.resolve("second.jsonl.gz"), log.subList(log.size() / 2, log.size()));
        stack = new Stack(
                "",
                java.util.Map.of(
                        "COMPOSE_PROFILES",
                        "warehouse,prometheus",
                        "PLIMSOLL_WAREHOUSE",
                        warehouse.toString(),
                        "PLIMSOLL_WAREHOUSE_PATH",
                        warehouse.toString()));
        stack.up();
        published = new Published("localhost:" + stack.port("KAFKA_1"), stack.registryUrl());
        rows = new WarehouseRows(stack.port("POSTGRES"), warehouse);
    }

    @AfterAll
    static void close() {
        if (published != null) {
            published.close();
        }
        if (rows != null) {
            rows.close();
        }
        if (stack != null) {
            stack.remove(warehouse);
            stack.close();
        }
    }

    @Test
    @Order(1)
    void shouldRunWithoutRootAndWriteNowhereElse() {
        assertThat(stack.services())
                .contains("kafka-1", "registry", "plimsoll", "connect", "postgres", "prometheus")
                .allSatisfy(service -> {
                    assertThat(stack.execute(service, "id", "-u").strip()).isNotEqualTo("0");
                    assertThat(stack.inspect(service, "{{.HostConfig.ReadonlyRootfs}} {{.State.Health.Status}}"))
                            .isEqualTo("true healthy");
                });
    }

    @Test
    @Order(2)
    void shouldHaveEachRecordInTheWarehouseOnceThoughConnectIsKilled() throws Exception {
        for (Path sink : ProjectFiles.in(ProjectFiles.DOCKER.resolve("connect/sinks"), ".json")) {
            register(ProjectFiles.json(sink));
        }
        stack.program(recordings, "replay", "--config", CONFIG, "/recordings/first.jsonl.gz");
        await("the first rows are in both")
                .until(() -> !rows.iceberg("market_state", place()).isEmpty()
                        && !rows.postgres("market_state", "record_key").isEmpty());

        stack.kill("connect");
        int inIceberg = rows.iceberg("market_state", place()).size();
        stack.program(recordings, "replay", "--config", CONFIG, "/recordings/second.jsonl.gz");
        stack.start("connect");
        published.awaitEqual(MonitorLog.oracle());
        everyPanelShowsSomething();
        // Windows go on closing by the clock: what is counted has to stand still.
        stack.stop("plimsoll");

        await("the warehouse holds what is on the topics").untilAsserted(() -> {
            for (Topic<?> topic : List.of(
                    Topics.MARKET_STATE,
                    Topics.SYSTEM_STATE,
                    Topics.MARKET_WINDOWS,
                    Topics.SYSTEM_WINDOWS,
                    Topics.ACCOUNT_RISK)) {
                assertSame(topic);
            }
        });
        assertThat(rows.iceberg("market_state", place()))
                .describedAs("Connect was killed in the middle, with %d rows there", inIceberg)
                .hasSizeGreaterThan(inIceberg);
        System.out.println("StackIT: killed with " + inIceberg + " market states in Iceberg, which has "
                + rows.iceberg("market_state", place()).size() + " in the end");
    }

    private static void register(JsonNode sink) throws Exception {
        ObjectNode config = (ObjectNode) sink.get("config");
        if (config.has(COMMIT_INTERVAL)) {
            config.put(COMMIT_INTERVAL, COMMIT_INTERVAL_MS);
        }
        HttpCalls.put(
                "http://localhost:" + stack.port("CONNECT") + "/connectors/"
                        + sink.get("name").asText() + "/config",
                config);
    }

    /** Nothing lost and nothing twice: in Iceberg a row for each record, in PostgreSQL one for each key. */
    private static <V extends SpecificRecord> void assertSame(Topic<V> topic) throws Exception {
        String table = topic.name().replace(Topics.PREFIX, "").replace('-', '_');
        List<String> records = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try (TopicContents<V> contents = published.contents(topic)) {
            for (ConsumerRecord<String, V> record : contents.all()) {
                if (record.value() != null) {
                    records.add(record.partition() + ":" + record.offset());
                }
            }
            contents.latest().forEach((key, value) -> {
                if (value != null) {
                    keys.add(key);
                }
            });
        }
        assertThat(rows.iceberg(table, place()))
                .describedAs("%s in Iceberg", table)
                .containsExactlyInAnyOrderElementsOf(records);
        assertThat(rows.postgres(table, "record_key"))
                .describedAs("%s in PostgreSQL", table)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(keys);
    }

    private static String place() {
        return "\"kafkaPartition\" || ':' || \"kafkaOffset\"";
    }

    private static void everyPanelShowsSomething() {
        assertThat(Dashboards.queries()).isNotEmpty();
        await("Prometheus has scraped what panels show").untilAsserted(() -> {
            for (Dashboards.Query query : Dashboards.queries()) {
                JsonNode answer = HttpCalls.get("http://localhost:" + stack.port("PROMETHEUS") + "/api/v1/query?query="
                        + URLEncoder.encode(query.expression(), StandardCharsets.UTF_8));
                assertThat(answer.at("/data/result"))
                        .describedAs("%s: %s", query.panel(), query.expression())
                        .isNotEmpty();
            }
        });
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(PATIENCE).pollInterval(Duration.ofSeconds(1));
    }
}
