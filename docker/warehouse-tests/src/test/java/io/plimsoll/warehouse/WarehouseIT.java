package io.plimsoll.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.WindowState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.iceberg.types.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the monitor has written is in PostgreSQL and in Iceberg, nothing lost and nothing twice, though the worker was killed
 * in the middle; and it stays so with corrections, tombstones, a new field, and a backfill.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class WarehouseIT {

    private static final List<Topic<?>> TOPICS = List.of(
            Topics.MARKET_STATE,
            Topics.SYSTEM_STATE,
            Topics.MARKET_WINDOWS,
            Topics.SYSTEM_WINDOWS,
            Topics.ALERTS,
            Topics.ACCOUNT_RISK);

    @TempDir
    private static Path dir;

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws Exception {
        Commands.requirePostgres();
        warehouse = new Warehouse(dir);
        warehouse.fillWhileTheWorkerIsKilled();
    }

    @AfterAll
    static void close() throws Exception {
        if (warehouse != null) {
            warehouse.close();
        }
    }

    @Test
    void shouldHoldEachRecordOnceAndEachKeyAsItIsNow() {
        eventually(() -> {
            Map<String, String> counts = new TreeMap<>();
            for (Topic<?> topic : TOPICS) {
                TopicRecords<?> records = warehouse.records(topic);
                List<JsonNode> current = warehouse.postgres.table(table(topic));
                List<JsonNode> iceberg = warehouse.iceberg.rows(table(topic));
                assertCurrent(records, current);
                Rows.assertOneRowEach(records.values(), iceberg, Rows::sameName);
                counts.put(
                        topic.name(),
                        records.values().size() + " records = " + iceberg.size() + " rows in Iceberg; "
                                + records.latest().size() + " keys = " + current.size() + " rows in PostgreSQL");
                assertThat(current).describedAs(topic.name()).isNotEmpty();
            }
            System.out.println("WarehouseIT: " + counts);
        });
    }

    @Test
    void shouldHoldTheHistoryOfAlertsAndAccountsOnce() {
        eventually(() -> {
            Rows.assertOneRowEach(
                    warehouse.records(Topics.ALERTS).values(),
                    warehouse.postgres.table("alert_history"),
                    Rows::snakeCase);
            Rows.assertOneRowEach(
                    warehouse.records(Topics.ACCOUNT_RISK).values(),
                    warehouse.postgres.table("account_risk_history"),
                    Rows::snakeCase);
        });
    }

    @Test
    void shouldHaveTypesOfTheirOwnForTimesAndNestedFields() throws Exception {
        assertThat(warehouse.postgres.typeOf("market_state", "as_of")).isEqualTo("timestamp with time zone");
        assertThat(warehouse.postgres.typeOf("market_state", "mark_price")).isEqualTo("double precision");
        assertThat(warehouse.postgres.typeOf("market_windows", "metrics")).isEqualTo("jsonb");
        assertThat(warehouse.postgres.typeOf("alerts", "status")).isEqualTo("text");
        eventually(() -> assertThat(warehouse.iceberg.exists("account_risk")).isTrue());
        var table = warehouse.iceberg.table("account_risk");
        assertThat(table.schema().findType("asOf")).isEqualTo(Types.TimestampType.withZone());
        assertThat(table.schema().findType("equityUsd")).isEqualTo(Types.DoubleType.get());
        assertThat(table.schema().findType("positions").isListType()).isTrue();
        assertThat(table.spec().fields().stream().map(Object::toString))
                .satisfiesExactly(
                        day -> assertThat(day).contains("asOf_day", "day"),
                        venue -> assertThat(venue).contains("venue", "identity"));
    }

    @Test
    void shouldChangeARowOnALateCorrectionAndRemoveItOnATombstone() throws Exception {
        ConsumerRecord<String, WindowState> window = warehouse
                .records(Topics.MARKET_WINDOWS)
                .latest()
                .values()
                .iterator()
                .next();
        WindowState corrected = WindowState.newBuilder(window.value())
                .setLateSamples(window.value().getLateSamples() + 1_000)
                .build();
        ConsumerRecord<String, AccountRisk> account = warehouse
                .records(Topics.ACCOUNT_RISK)
                .latest()
                .values()
                .iterator()
                .next();

        warehouse.sink().write(Topics.MARKET_WINDOWS.name(), window.key(), window.timestamp(), corrected);
        warehouse.sink().write(Topics.ACCOUNT_RISK.name(), account.key(), System.currentTimeMillis(), null);
        warehouse.sink().flush();
        eventually(() -> {
            assertThat(rowsOf("market_windows", window.key()))
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row.get("late_samples").asInt()).isEqualTo(corrected.getLateSamples()));
            assertThat(rowsOf("account_risk", account.key())).isEmpty();
        });

        warehouse.sink().write(Topics.ACCOUNT_RISK.name(), account.key(), System.currentTimeMillis(), account.value());
        warehouse.sink().flush();
        eventually(() -> {
            assertThat(rowsOf("account_risk", account.key())).hasSize(1);
            assertCurrent(warehouse.records(Topics.MARKET_WINDOWS), warehouse.postgres.table("market_windows"));
            assertCurrent(warehouse.records(Topics.ACCOUNT_RISK), warehouse.postgres.table("account_risk"));
            Rows.assertOneRowEach(
                    warehouse.records(Topics.ACCOUNT_RISK).values(),
                    warehouse.iceberg.rows("account_risk"),
                    Rows::sameName);
        });
    }

    @Test
    void shouldTakeAFieldThatIsAddedAndGoOnTakingRecordsWithoutIt() throws Exception {
        AddedField added = new AddedField(warehouse);

        added.write("sim:NEW", 0.25);
        warehouse.sink().write(Topics.MARKET_STATE.name(), "sim:OLD", System.currentTimeMillis(), added.withoutIt());
        warehouse.sink().flush();

        eventually(() -> {
            assertThat(warehouse.postgres.typeOf("market_state", "funding_basis"))
                    .isEqualTo("double precision");
            assertThat(rowsOf("market_state", "sim:NEW"))
                    .singleElement()
                    .satisfies(row ->
                            assertThat(row.get("funding_basis").asDouble()).isEqualTo(0.25));
            assertThat(rowsOf("market_state", "sim:OLD"))
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row.get("funding_basis").isNull()).isTrue());
            assertThat(warehouse.iceberg.rows("market_state").stream()
                            .map(row -> row.path("fundingBasis"))
                            .filter(JsonNode::isNumber)
                            .map(JsonNode::asDouble))
                    .containsExactly(0.25);
            Rows.assertOneRowEach(
                    warehouse.records(Topics.MARKET_STATE).values(),
                    warehouse.iceberg.rows("market_state"),
                    Rows::sameName);
        });
    }

    @Test
    void shouldAnswerEveryQueryOfTheDocumentation() throws Exception {
        DeskQueries queries = DeskQueries.documented();

        assertThat(queries.postgres()).hasSize(5);
        assertThat(queries.duckDb()).hasSize(2);
        eventually(() -> {
            for (String query : queries.postgres()) {
                assertThat(warehouse.postgres.rows(query)).describedAs(query).isNotEmpty();
            }
            for (String query : queries.duckDb()) {
                assertThat(warehouse.iceberg.queryTables(query, List.of("market_state", "market_windows")))
                        .describedAs(query)
                        .isNotEmpty();
            }
        });
    }

    @Test
    void shouldRegisterByOneCommand() throws Exception {
        Commands.run(warehouse.worker(), "register.sh", "postgres-states", "postgres-alert-history");

        for (String name : List.of("postgres-states", "postgres-alert-history")) {
            JsonNode settings = ConnectWorker.JSON
                    .readTree(Folders.sinks().resolve(name + ".json").toFile())
                    .get("config");
            JsonNode registered = warehouse.worker().call("GET", "/connectors/" + name + "/config", "");
            settings.properties()
                    .forEach(setting ->
                            assertThat(registered.get(setting.getKey())).isEqualTo(setting.getValue()));
        }
    }

    @Test
    void shouldReadFromTheBeginningAgainByOneCommand() throws Exception {
        shouldHoldEachRecordOnceAndEachKeyAsItIsNow();
        warehouse.postgres.execute("delete from plimsoll.system_windows");
        TOPICS.forEach(topic -> warehouse.iceberg.drop(table(topic)));

        Commands.run(warehouse.worker(), "backfill.sh", "postgres-windows", "iceberg");

        shouldHoldEachRecordOnceAndEachKeyAsItIsNow();
    }

    private static String table(Topic<?> topic) {
        return topic.name().replace("plimsoll.", "").replace('-', '_');
    }

    private static List<JsonNode> rowsOf(String table, String key) throws Exception {
        return warehouse.postgres.rows("select * from plimsoll." + table + " where record_key = '" + key + "'");
    }

    private static <V extends SpecificRecord> void assertCurrent(TopicRecords<V> records, List<JsonNode> rows) {
        Map<String, JsonNode> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put(row.get("record_key").asText(), row));
        Map<String, ConsumerRecord<String, V>> latest = records.latest();
        assertThat(byKey.keySet()).containsExactlyInAnyOrderElementsOf(latest.keySet());
        latest.forEach((key, record) -> {
            assertThat(Rows.place(byKey.get(key), Rows::snakeCase)).isEqualTo(Rows.place(record));
            Rows.assertSame(record, byKey.get(key), Rows::snakeCase);
        });
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(500))
                .failFast("a sink has failed", () -> assertThat(failures()).isEmpty())
                .untilAsserted(assertion);
    }

    private static Map<String, String> failures() throws IOException, InterruptedException {
        return warehouse.worker().failures();
    }
}
