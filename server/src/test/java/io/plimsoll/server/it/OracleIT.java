package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random markets, with duplicates and disorder, on a real broker: what is published equals a recomputation from the raw
 * records, whatever the number of partitions, threads and instances, and is the same for all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OracleIT {

    private final long seed = Seeds.printed("OracleIT", 20_260_901);
    private final RandomMarkets random = new RandomMarkets(seed);
    private final List<LogRecord> log = random.log(8, 60, 4_000);
    private final List<LogRecord> disturbed = RandomMarkets.disturbed(log, seed);
    private final List<LogRecord> closing = random.closing(log);

    /** What the first scene published; the others must publish the same. */
    private final Map<String, SpecificRecord> agreed = new TreeMap<>();

    @ParameterizedTest(name = "{0} partitions, {1} threads")
    @CsvSource({"1, 1", "1, 2", "3, 1", "3, 2", "7, 1", "7, 2"})
    void shouldEqualARecomputationFromTheRawRecords(int partitions, int threads, @TempDir Path dir) throws Exception {
        Oracle oracle = new Oracle();
        try (Scene scene = new Scene(dir, partitions, Map.of())) {
            scene.startMonitor("only", threads);

            scene.feed(disturbed, oracle);

            String what = partitions + " partitions, " + threads + " threads, seed " + seed;
            assertEqualThenEmpty(scene, oracle, what);
        }
    }

    @Test
    void shouldEqualARecomputationWhenASecondInstanceJoinsInTheMiddle(@TempDir Path dir) throws Exception {
        Oracle oracle = new Oracle();
        int half = disturbed.size() / 2;
        try (Scene scene = new Scene(dir, 3, Map.of())) {
            scene.startMonitor("first", 1);
            scene.feed(disturbed.subList(0, half), oracle);
            scene.await("the first instance publishes")
                    .until(() -> !scene.markets().isEmpty());

            var second = scene.startMonitor("second", 1);
            scene.feed(disturbed.subList(half, disturbed.size()), oracle);

            scene.await("the second instance has work")
                    .until(() -> second.streams().metadataForLocalThreads().stream()
                            .anyMatch(thread -> !thread.activeTasks().isEmpty()));
            assertEqualThenEmpty(scene, oracle, "2 instances, seed " + seed);
        }
    }

    private void assertEqualThenEmpty(Scene scene, Oracle oracle, String what) {
        scene.awaitEqual(oracle, what);
        Map<String, SpecificRecord> published = scene.settled(what);
        assertThat(published).containsKey("cascade risk system").containsKey("contagion system");
        if (agreed.isEmpty()) {
            agreed.putAll(published);
        }
        assertThat(published)
                .describedAs("the same as the first scene, %s", what)
                .isEqualTo(agreed);

        scene.feed(closing, oracle);

        scene.awaitEqual(oracle, "closed, " + what);
        assertAllZero(scene, what);
    }

    private static void assertAllZero(Scene scene, String what) {
        assertThat(scene.markets().values())
                .describedAs("markets, %s", what)
                .isNotEmpty()
                .allSatisfy(market -> {
                    assertThat(market.getLongPositions() + market.getShortPositions())
                            .isZero();
                    assertThat(market.getLongSize()).isZero();
                    assertThat(market.getShortSize()).isZero();
                    assertThat(market.getOpenInterestUsd()).isZero();
                    assertThat(market.getLongNotionalUsd()).isZero();
                    assertThat(market.getShortNotionalUsd()).isZero();
                    assertThat(market.getLongUnrealisedUsd()).isZero();
                    assertThat(market.getShortUnrealisedUsd()).isZero();
                    assertThat(market.getLongEquityUsd()).isZero();
                    assertThat(market.getShortEquityUsd()).isZero();
                });
        assertThat(scene.ladders().values())
                .describedAs("ladders, %s", what)
                .isNotEmpty()
                .allSatisfy(ladder -> {
                    assertThat(ladder.getLiquidation()).isEmpty();
                    assertThat(ladder.getBankruptcy()).isEmpty();
                    assertThat(ladder.getUnliquidatableLongSize() + ladder.getUnliquidatableShortSize())
                            .isZero();
                });
        assertThat(scene.systems().values())
                .describedAs("systems, %s", what)
                .isNotEmpty()
                .allSatisfy(system -> {
                    assertThat(system.getLongPositions() + system.getShortPositions())
                            .isZero();
                    assertThat(system.getOpenInterestUsd()).isZero();
                    assertThat(system.getLongEquityUsd()).isZero();
                    assertThat(system.getShortEquityUsd()).isZero();
                });
    }
}
