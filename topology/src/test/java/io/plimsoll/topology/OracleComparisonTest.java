package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.AvroSerdes;
import io.plimsoll.schemas.Topic;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.MarketState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random markets through the topology on one partition, against a recomputation of everything from the raw records. */
class OracleComparisonTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 12, 106, 122})
    void shouldEqualARecomputationFromTheRawRecords(long seed) {
        RandomMarkets random = new RandomMarkets(seed);
        List<LogRecord> log = random.log(5, 30, 1_500);
        Oracle oracle = new Oracle();
        try (MonitorFixture monitor = new MonitorFixture()) {
            feed(monitor, oracle, RandomMarkets.disturbed(log, seed), seed);

            assertSame(oracle, monitor, seed);

            feed(monitor, oracle, random.closing(log), seed);

            assertSame(oracle, monitor, seed);
            assertThat(monitor.markets().values()).describedAs("seed %d", seed).allSatisfy(market -> {
                assertThat(market.getLongPositions()).isZero();
                assertThat(market.getLongEquityUsd()).isZero();
                assertThat(market.getShortSize()).isZero();
                assertThat(market.getShortEquityUsd()).isZero();
            });
        }
    }

    private static void feed(MonitorFixture monitor, Oracle oracle, List<LogRecord> log, long seed) {
        Random pauses = new Random(seed);
        for (LogRecord record : log) {
            oracle.accept(record.topic(), record.key(), record.timestampMs(), record.value());
            send(monitor, record);
            if (pauses.nextInt(50) == 0) {
                monitor.wait(java.time.Duration.ofMillis(150));
            }
        }
        // Twice the time after which a slice counts as silent: once for its prices, once for the slice itself.
        // Longer than ladder places take to settle and to be reported, in whatever order timers of the same
        // moment fire; and than it takes until all accounts have been looked at once more.
        monitor.settle().wait(java.time.Duration.ofSeconds(8));
    }

    private static void send(MonitorFixture monitor, LogRecord record) {
        monitor.at((record.timestampMs() - MonitorFixture.START.toEpochMilli()) / 1000.0);
        Topic<?> topic = Topics.named(record.topic()).orElseThrow();
        monitor.sendBytes(
                record.topic(), record.key().getBytes(StandardCharsets.UTF_8), bytes(monitor.serdes, topic, record));
    }

    @SuppressWarnings("unchecked") // the log's records are of their topics' types
    private static <T extends SpecificRecord> byte[] bytes(AvroSerdes serdes, Topic<T> topic, LogRecord record) {
        return serdes.of(topic).serializer().serialize(topic.name(), (T) record.value());
    }

    private static void assertSame(Oracle oracle, MonitorFixture monitor, long seed) {
        Map<String, MarketState> markets = oracle.markets();
        assertThat(oracle.differences(markets, monitor.markets()))
                .describedAs("markets, seed %d", seed)
                .isEmpty();
        Map<String, Ladder> ladders = new TreeMap<>(oracle.ladders());
        ladders.keySet().retainAll(markets.keySet());
        assertThat(oracle.differences(ladders, monitor.ladders()))
                .describedAs("ladders, seed %d", seed)
                .isEmpty();
        assertThat(oracle.differences(oracle.systems(), monitor.systems()))
                .describedAs("systems, seed %d", seed)
                .isEmpty();
        assertThat(oracle.measureDifferences(monitor.allMeasures()))
                .describedAs("measures, seed %d", seed)
                .isEmpty();
        assertThat(oracle.collateralDifferences(monitor.collateralStates()))
                .describedAs("collateral, seed %d", seed)
                .isEmpty();
        assertThat(oracle.accountRiskDifferences(monitor.lastAccountRisks()))
                .describedAs("accounts, seed %d", seed)
                .isEmpty();
    }
}
