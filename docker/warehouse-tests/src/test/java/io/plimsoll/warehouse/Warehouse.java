package io.plimsoll.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.connectors.KafkaRecordSink;
import io.plimsoll.connectors.RecordSink;
import io.plimsoll.connectors.sim.MarketModel;
import io.plimsoll.connectors.sim.SimulatorSettings;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.server.config.ConfigReader;
import io.plimsoll.server.config.PlimsollConfig;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.embedded.EmbeddedRegistry;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.server.monitor.Quiescence;
import io.plimsoll.server.monitor.TopicCreation;
import io.plimsoll.server.rules.RuleChanges;
import io.plimsoll.server.rules.RuleFile;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** Kafka, registry, PostgreSQL, an Iceberg catalog, and workers with all sinks that the project configures. */
final class Warehouse implements AutoCloseable {

    static final List<String> SINKS = List.of(
            "postgres-states",
            "postgres-windows",
            "postgres-alerts",
            "postgres-alert-history",
            "postgres-account-risk",
            "postgres-account-risk-history",
            "iceberg");

    /** Only sets a pace: what a killed worker has begun is given up soon, and Iceberg commits often. */
    private static final Map<String, String> ICEBERG_PACE = Map.of(
            "iceberg.control.commit.interval-ms", "2000",
            "iceberg.control.commit.timeout-ms", "5000",
            "iceberg.kafka.transaction.timeout.ms", "20000");

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final String RULES = """
            rules:
              - id: leveraged
                summary: There is leverage.
                kind: market
                when: {metric: leverage, above: 0.1}
                repeat: 15s
                severity: critical
            """;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path dir;
    private final EmbeddedRegistry registry = EmbeddedRegistry.inMemory();
    private final AvroSerdes serdes = new AvroSerdes(registry.client());
    private final EmbeddedKafka kafka;
    private final PlimsollConfig config;
    private final RecordSink sink;
    private final Map<String, String> environment;
    private int workers;

    final PostgresTables postgres;
    final IcebergTables iceberg;
    private ConnectWorker worker;

    Warehouse(Path dir) throws Exception {
        this.dir = dir;
        kafka = opened(EmbeddedKafka.start(dir.resolve("kafka"), 0));
        postgres = opened(new PostgresTables());
        config = ConfigReader.read(
                null,
                Map.of(
                        "PLIMSOLL_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                        "PLIMSOLL_DATA_DIR", dir.resolve("state").toString(),
                        "PLIMSOLL_TOPICS_PARTITIONS", "2",
                        "PLIMSOLL_MONITOR_PARTITIONS", "2",
                        "PLIMSOLL_THREADS", "1",
                        "PLIMSOLL_HTTP_PORT", "0"));
        HttpServer http = opened(HttpServer.start(config, registry));
        TopicCreation.createMissing(config, TopicCreation.Retention.CATALOGUE);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("control-iceberg", 1, (short) 1)))
                    .all()
                    .get();
        }
        sink = opened(new KafkaRecordSink(config.kafka(), registry.client()));
        iceberg = opened(new IcebergTables(postgres.url(), dir.resolve("iceberg")));
        environment = Map.of(
                "WAREHOUSE_KAFKA", kafka.bootstrapServers(),
                "WAREHOUSE_REGISTRY_URL", "http://127.0.0.1:" + http.port(),
                "WAREHOUSE_POSTGRES_URL", postgres.url(),
                "WAREHOUSE_POSTGRES_USER", "postgres",
                "WAREHOUSE_POSTGRES_PASSWORD", "postgres",
                "WAREHOUSE_ICEBERG_CATALOG_URL", postgres.url(),
                "WAREHOUSE_ICEBERG_WAREHOUSE", dir.resolve("iceberg").toUri().toString());
        worker = startWorker();
        for (String name : SINKS) {
            worker.register(name, name.startsWith("iceberg") ? ICEBERG_PACE : Map.of());
        }
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private ConnectWorker startWorker() throws Exception {
        workers++;
        return opened(ConnectWorker.start(dir, "worker-" + workers, kafka.bootstrapServers(), environment));
    }

    ConnectWorker worker() {
        return worker;
    }

    EmbeddedRegistry registry() {
        return registry;
    }

    RecordSink sink() {
        return sink;
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    <V extends SpecificRecord> TopicRecords<V> records(Topic<V> topic) {
        return TopicRecords.read(
                kafka.bootstrapServers(), topic, serdes.of(topic).deserializer());
    }

    /**
     * Lets the monitor watch a simulated venue for some minutes of event time. In the middle, rows being written already and
     * records still coming, the worker is killed; another takes its place when all is over.
     */
    void fillWhileTheWorkerIsKilled() throws Exception {
        int steps = 150_000 / MarketModel.STEP_MS;
        long startMs = System.currentTimeMillis() - Duration.ofMinutes(4).toMillis();
        try (Monitor monitor = Monitor.start(config, registry.client(), "warehouse:1");
                Quiescence quiescence = new Quiescence(config)) {
            RuleChanges.of(RuleFile.read("rules", new StringReader(RULES)), Map.of())
                    .write(sink, false, startMs);
            MarketModel venue = new MarketModel(new SimulatorSettings(7, 600, 3, 1), sink, startMs);
            venue.publishAll();
            step(venue, steps / 2);
            Awaitility.await("rows of every sink")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .failFast("the monitor or a sink has failed", () -> {
                        assertThat(monitor.failure()).isNotDone();
                        assertThat(worker.failures()).isEmpty();
                    })
                    .until(this::isWriting);
            step(venue, steps / 4);
            worker.kill();
            step(venue, steps / 4);
            quiescence.await(() -> "settled", () -> false);
        }
        worker = startWorker();
    }

    private void step(MarketModel venue, int steps) {
        for (int i = 0; i < steps; i++) {
            venue.step();
        }
        sink.flush();
    }

    private boolean isWriting() throws Exception {
        List<String> empty = new ArrayList<>();
        for (String table : List.of("market_state", "market_windows", "alerts", "account_risk_history")) {
            if (postgres.table(table).isEmpty()) {
                empty.add(table);
            }
        }
        return empty.isEmpty() && !iceberg.rows("market_state").isEmpty();
    }

    @Override
    public void close() throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }
}
