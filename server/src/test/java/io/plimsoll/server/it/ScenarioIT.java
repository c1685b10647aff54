package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Keys;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Depth;
import io.plimsoll.schemas.avro.DepthLevel;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioImpact;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioState;
import io.plimsoll.server.embedded.EmbeddedKafka;
import io.plimsoll.server.http.HttpServer;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.ScenarioSettings;
import io.plimsoll.topology.avro.RecordKind;
import io.plimsoll.topology.avro.RoutedRecord;
import io.plimsoll.topology.scenarios.ScenarioMessages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same scenario over the same accounts has the same answer on any number of partitions, and when an instance is killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioIT {

    private static final int SCENARIOS = 12;
    private static final double PER_PERCENT_USD = 1e6;
    private static final String KNOWN_DEPTH = "plimsoll-known-depth-repartition";

    private final long seed = Seeds.printed("ScenarioIT", 20_260_905);
    private final List<LogRecord> log = new RandomMarkets(seed).log(8, 200, 4_000);

    /** What the first scene answered, by scenario; the others must answer the same. */
    private final Map<String, ScenarioResult> agreed = new TreeMap<>();

    @ParameterizedTest(name = "{0} partitions")
    @ValueSource(ints = {1, 3, 7})
    void shouldAnswerTheSameOnAnyNumberOfPartitions(int partitions, @TempDir Path dir) throws Exception {
        try (Scene scene = new Scene(dir, partitions, Map.of())) {
            scene.startMonitor("only", 2);
            settle(scene);

            ask(scene, "");

            assertAgreed(answers(scene, scene.reader(Topics.SCENARIO_RESULTS)), partitions + " partitions");
        }
    }

    @Test
    void shouldAnswerTheSameWhenAnInstanceIsKilledInTheMiddle(@TempDir Path dir) throws Exception {
        try (Scene scene = new Scene(dir, 3, Map.of());
                HttpServer registry = HttpServer.start(scene.config("registry", Map.of()), scene.registry());
                TopicReader<RoutedRecord> rounds = new TopicReader<>(
                        scene.bootstrapServers(),
                        ScenarioSettings.DEFAULT.roundsTopic(),
                        InternalSerdes.of(RoutedRecord.class).deserializer())) {
            Monitor stays = scene.startMonitor("stays", 1);
            try (OwnProcess killed = new OwnProcess(
                    dir,
                    "killed",
                    "run",
                    "--config",
                    config(scene, registry, dir).toString())) {
                scene.await("both instances have slices of accounts")
                        .until(() -> slicesOf(stays) == 1 || slicesOf(stays) == 2);
                settle(scene);
                TopicReader<ScenarioResult> results = scene.reader(Topics.SCENARIO_RESULTS);

                ask(scene, "");
                scene.await("one is in its second round")
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> isAnyBeyondRound0(rounds));
                killed.kill();
                int before = results.latest().size();

                Map<String, ScenarioResult> answers = answers(scene, results);
                long again = answers.values().stream()
                        .filter(answer -> answer.getAttempts() > 1)
                        .count();
                System.out.println(
                        "ScenarioIT: killed after " + before + " of " + SCENARIOS + " answers; begun again " + again);
                assertThat(again)
                        .describedAs("scenarios of which a slice had answered a round when it was killed")
                        .isPositive();
                assertAgreed(answers, "an instance killed");

                ask(scene, "after-");
                scene.await("answers of who took over")
                        .until(() -> results.latest().size() == 2 * SCENARIOS);
                for (int i = 0; i < SCENARIOS; i++) {
                    assertThat(impacts(results.latest().get("after-s" + i)))
                            .describedAs("what forced trades meet is still known, scenario %d", i)
                            .containsAllEntriesOf(impacts(answers.get("s" + i)));
                }
            }
        }
    }

    /** How many slices of accounts an instance works on. */
    private static long slicesOf(Monitor monitor) {
        return monitor.streams().metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(ScenarioSettings.DEFAULT.roundsTopic()))
                .count();
    }

    /** What shocked markets' forced trades met, with the depth's time. */
    private static Map<String, String> impacts(ScenarioResult result) {
        Map<String, String> impacts = new TreeMap<>();
        result.getGross().getMarkets().forEach(market -> {
            if (market.getShockedPrice() != market.getStartPrice()) {
                impacts.put(market.getMarket(), market.getImpact() + " " + market.getDepthTimeMs());
            }
        });
        return impacts;
    }

    private static boolean isAnyBeyondRound0(TopicReader<RoutedRecord> rounds) {
        return rounds.all().stream()
                .map(ConsumerRecord::value)
                .filter(routed -> routed.getKind() == RecordKind.SCENARIO_ROUND)
                .anyMatch(routed -> ScenarioMessages.call(routed).getRound() > 0);
    }

    private static Path config(Scene scene, HttpServer registry, Path dir) throws IOException {
        return Files.writeString(dir.resolve("plimsoll.yaml"), """
                dataDir: %s
                threads: 1
                http: {port: %d}
                schemaRegistry: {url: "http://127.0.0.1:%d"}
                monitor: {partitions: 3, idle: 500ms}
                kafka:
                  bootstrap.servers: %s
                  # Whoever is killed cannot leave its group: the other waits for so long.
                  session.timeout.ms: 6000
                  heartbeat.interval.ms: 1000
                """.formatted(
                dir.resolve("killed-state"), EmbeddedKafka.freePort(), registry.port(), scene.bootstrapServers()));
    }

    private void settle(Scene scene) {
        List<LogRecord> depths = depths();
        depths.forEach(scene::send);
        Oracle oracle = new Oracle();
        scene.feed(log, oracle);
        scene.awaitEqual(oracle, "before the scenarios");
        scene.await("all slices know the depth").until(() -> isKnownToAll(scene, depths.size()));
    }

    /** A book of every other market with a price, at the end of the log; the others have a law, or nothing. */
    private List<LogRecord> depths() {
        long lastMs = log.stream().mapToLong(LogRecord::timestampMs).max().orElseThrow();
        Map<String, Double> marks = new TreeMap<>();
        for (LogRecord record : log) {
            if (record.value() instanceof Price price) {
                marks.put(record.key(), price.getMarkPrice());
            }
        }
        List<LogRecord> depths = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, Double> mark : marks.entrySet()) {
            if (number++ % 2 == 0) {
                int split = mark.getKey().indexOf(Keys.SEPARATOR);
                double size = PER_PERCENT_USD / mark.getValue();
                depths.add(new LogRecord(
                        Topics.DEPTH.name(),
                        mark.getKey(),
                        lastMs,
                        new Depth(
                                mark.getKey().substring(0, split),
                                mark.getKey().substring(split + 1),
                                mark.getValue(),
                                List.of(
                                        new DepthLevel(0.01, size, size, null, null),
                                        new DepthLevel(0.05, 6 * size, 7 * size, null, null)))));
            }
        }
        return depths;
    }

    private static boolean isKnownToAll(Scene scene, int records) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", scene.bootstrapServers()))) {
            Map<TopicPartition, OffsetAndMetadata> read = new HashMap<>(admin.listConsumerGroupOffsets("plimsoll")
                    .partitionsToOffsetAndMetadata()
                    .get());
            read.keySet().removeIf(partition -> !partition.topic().equals(KNOWN_DEPTH));
            return read.size() == scene.config("asked", Map.of()).monitor().partitions()
                    && read.values().stream().allMatch(its -> its.offset() >= records);
        }
    }

    /** Every market that is there from the beginning moves by something else in each scenario. */
    private void ask(Scene scene, String prefix) {
        for (int i = 0; i < SCENARIOS; i++) {
            Map<String, Double> shocks = new TreeMap<>();
            int number = 0;
            for (LogRecord record : log.subList(0, 20)) {
                if (record.value() instanceof Instrument) {
                    shocks.put(record.key(), -0.03 * i + 0.02 * (number++ % 3));
                }
            }
            String id = prefix + "s" + i;
            Scenario scenario =
                    new Scenario(id, 1L, shocks, i % 2 == 0 ? 1.0 : 0.1, Map.of("USDC", 0.02 * i), List.of());
            scene.send(new LogRecord(Topics.SCENARIOS.name(), id, System.currentTimeMillis(), scenario));
        }
    }

    private static Map<String, ScenarioResult> answers(Scene scene, TopicReader<ScenarioResult> results) {
        scene.await("all answers").until(() -> results.latest().size() == SCENARIOS);
        Map<String, ScenarioResult> answers = new TreeMap<>();
        results.latest().forEach(answers::put);
        return answers;
    }

    private void assertAgreed(Map<String, ScenarioResult> answers, String what) {
        Map<String, ScenarioResult> comparable = new TreeMap<>();
        List<Integer> rounds = new ArrayList<>();
        answers.forEach((id, answer) -> {
            assertThat(answer.getState()).isEqualTo(ScenarioState.DONE);
            rounds.add(answer.getGross().getRounds());
            comparable.put(
                    id,
                    ScenarioResult.newBuilder(answer)
                            .setAnsweredAtMs(0)
                            .setAttempts(0)
                            .setSlices(0)
                            .build());
        });
        System.out.println("ScenarioIT, " + what + ": rounds " + rounds);
        assertThat(rounds).describedAs("the scenarios set something off").anyMatch(number -> number > 1);
        assertThat(answers.values())
                .describedAs("forced trades meet depth")
                .flatMap(answer -> answer.getNet().getMarkets())
                .anyMatch(market -> market.getImpact() == ScenarioImpact.DEPTH && market.getSoldSize() > 0);
        if (agreed.isEmpty()) {
            agreed.putAll(comparable);
        }
        assertThat(comparable)
                .describedAs("the same as the first scene, %s, seed %d", what, seed)
                .isEqualTo(agreed);
    }
}
