package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Scenario;
import io.plimsoll.schemas.avro.ScenarioResult;
import io.plimsoll.schemas.avro.ScenarioState;
import io.plimsoll.server.monitor.Monitor;
import io.plimsoll.topology.InternalSerdes;
import io.plimsoll.topology.ScenarioSettings;
import io.plimsoll.topology.avro.RoutedRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same scenario over the same accounts has the same answer on any number of partitions, and when an instance stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioIT {

    private static final int SCENARIOS = 12;

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

            ask(scene);

            assertAgreed(answers(scene, scene.reader(Topics.SCENARIO_RESULTS)), partitions + " partitions");
        }
    }

    @Test
    void shouldAnswerTheSameWhenAnInstanceStopsInTheMiddle(@TempDir Path dir) throws Exception {
        try (Scene scene = new Scene(dir, 3, Map.of());
                TopicReader<RoutedRecord> calls = new TopicReader<>(
                        scene.bootstrapServers(),
                        ScenarioSettings.DEFAULT.roundsTopic(),
                        InternalSerdes.of(RoutedRecord.class).deserializer())) {
            scene.startMonitor("stays", 1);
            Monitor stops = scene.startMonitor("stops", 1);
            scene.await("the second instance has work")
                    .until(() -> stops.streams().metadataForLocalThreads().stream()
                            .anyMatch(thread -> !thread.activeTasks().isEmpty()));
            settle(scene);
            TopicReader<ScenarioResult> results = scene.reader(Topics.SCENARIO_RESULTS);

            ask(scene);
            scene.await("all have begun").until(() -> calls.latest().size() == SCENARIOS);
            int before = results.latest().size();
            stops.close();

            Map<String, ScenarioResult> answers = answers(scene, results);
            System.out.println("ScenarioIT: stopped after " + before + " of " + SCENARIOS + " answers; begun again "
                    + answers.values().stream()
                            .filter(answer -> answer.getAttempts() > 1)
                            .count());
            assertAgreed(answers, "an instance stopped");
        }
    }

    private void settle(Scene scene) {
        Oracle oracle = new Oracle();
        scene.feed(log, oracle);
        scene.awaitEqual(oracle, "before the scenarios");
    }

    /** Every market that is there from the beginning moves by something else in each scenario. */
    private void ask(Scene scene) {
        for (int i = 0; i < SCENARIOS; i++) {
            Map<String, Double> shocks = new TreeMap<>();
            int number = 0;
            for (LogRecord record : log.subList(0, 20)) {
                if (record.value() instanceof Instrument) {
                    shocks.put(record.key(), -0.03 * i + 0.02 * (number++ % 3));
                }
            }
            String id = "s" + i;
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
        if (agreed.isEmpty()) {
            agreed.putAll(comparable);
        }
        assertThat(comparable)
                .describedAs("the same as the first scene, %s, seed %d", what, seed)
                .isEqualTo(agreed);
    }
}
