package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.connectors.csv.CsvImport;
import io.plimsoll.connectors.csv.Mapping;
import io.plimsoll.oracle.Oracle;
import io.plimsoll.oracle.RandomMarkets.LogRecord;
import io.plimsoll.schemas.avro.MarketState;
import io.plimsoll.server.it.TrackerFiles.Row;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recorded positions of a real venue, imported from CSV and run through the monitor on a real broker, against what an
 * independent party added up from the same positions, snapshot by snapshot.
 */
class TrackerIT {

    /** The tracker adds up doubles in an order of its own. */
    private static final double RELATIVE = 1e-9;

    /** The tracker values each position with the mark of the moment at which it was polled. */
    private static final double OF_POLLED_NOTIONALS = 1e-3;

    @Test
    void shouldEqualTheTrackersOwnAggregatesAtEverySnapshot(@TempDir Path dir) throws Exception {
        TrackerFiles files = new TrackerFiles(SharedData.folder("hyperliquid-tracker-aug2026"));
        TreeMap<Long, List<LogRecord>> snapshots = imported(files);
        Map<Long, Map<String, Row>> aggregates = new TreeMap<>();
        for (String coin : TrackerFiles.COINS) {
            files.aggregates(coin)
                    .forEach(row -> aggregates
                            .computeIfAbsent(row.timeMs(), none -> new HashMap<>())
                            .put(coin, row));
        }
        Map<Long, List<Row>> positions = files.positions().stream()
                .collect(Collectors.groupingBy(Row::timeMs, TreeMap::new, Collectors.toList()));
        Map<String, Comparison> comparisons = new TreeMap<>();
        Oracle oracle = new Oracle();

        try (Scene scene = new Scene(dir, 2, Map.of())) {
            scene.startMonitor("only", 1);
            for (Map.Entry<Long, List<LogRecord>> snapshot : snapshots.entrySet()) {
                long timeMs = snapshot.getKey();
                scene.feed(snapshot.getValue(), oracle);
                for (Map.Entry<String, Row> row :
                        aggregates.getOrDefault(timeMs, Map.of()).entrySet()) {
                    String coin = row.getKey();
                    SnapshotSums sums = SnapshotSums.of(coin, positions.get(timeMs));
                    scene.await(coin + " at " + row.getValue().text("ts"))
                            .untilAsserted(() -> assertSame(state(scene, coin), timeMs, row.getValue(), sums));
                    comparisons.computeIfAbsent(coin, Comparison::new).add(state(scene, coin), row.getValue());
                }
            }
            scene.awaitEqual(oracle, "the last snapshot");
        }

        comparisons.values().forEach(comparison -> System.out.println(comparison.line()));
        assertThat(comparisons.keySet()).containsExactlyElementsOf(TrackerFiles.COINS);
        assertThat(comparisons.values()).allSatisfy(comparison -> {
            assertThat(comparison.snapshots).isEqualTo(24);
            assertThat(comparison.worstNotional).isLessThan(OF_POLLED_NOTIONALS);
        });
    }

    private static TreeMap<Long, List<LogRecord>> imported(TrackerFiles files) throws Exception {
        Path mapping = Path.of(TrackerIT.class
                .getResource("/mappings/hyperliquid-tracker.yaml")
                .toURI());
        CollectedLog log = new CollectedLog();
        new CsvImport(Mapping.read(mapping), files.all()).run(log);
        TreeMap<Long, List<LogRecord>> byTime = new TreeMap<>();
        log.records()
                .forEach(record -> byTime.computeIfAbsent(record.timestampMs(), none -> new ArrayList<>())
                        .add(record));
        return byTime;
    }

    private static MarketState state(Scene scene, String coin) {
        return scene.markets().get("hyperliquid:" + coin);
    }

    /** Sizes of one coin at one time, added up from the cells in decimals. */
    private record SnapshotSums(BigDecimal longSize, BigDecimal shortSize) {

        static SnapshotSums of(String coin, List<Row> rows) {
            BigDecimal longs = BigDecimal.ZERO;
            BigDecimal shorts = BigDecimal.ZERO;
            for (Row row : rows) {
                if (row.text("coin").equals(coin)) {
                    BigDecimal size = new BigDecimal(row.text("szi"));
                    longs = longs.add(size.max(BigDecimal.ZERO));
                    shorts = shorts.add(size.negate().max(BigDecimal.ZERO));
                }
            }
            return new SnapshotSums(longs, shorts);
        }
    }

    private static void assertSame(MarketState state, long timeMs, Row row, SnapshotSums sums) {
        assertThat(state).isNotNull();
        assertThat(state.getAsOfMs()).isEqualTo(timeMs);
        assertThat(state.getBookTimeMs()).isEqualTo(timeMs);
        assertThat(state.getLongPositions()).isEqualTo(Integer.parseInt(row.text("n_long")));
        assertThat(state.getShortPositions()).isEqualTo(Integer.parseInt(row.text("n_short")));
        assertRelative(state.getLongSize(), row, "long_sz");
        assertRelative(state.getShortSize(), row, "short_sz");
        assertThat(state.getNetSize())
                .describedAs("net_sz")
                .isCloseTo(row.number("net_sz"), within(RELATIVE * row.number("long_sz")));
        assertRelative(state.getLongEntryPrice(), row, "wavg_entry_long");
        assertRelative(state.getShortEntryPrice(), row, "wavg_entry_short");
        // Both sides over an open interest that counts each contract once: ours is kept by side.
        assertRelative(100 * (state.getCoverageLong() + state.getCoverageShort()), row, "tracked_oi_pct");

        assertThat(state.getMarkPrice()).isEqualTo(row.number("mark"));
        BigDecimal mark = new BigDecimal(row.text("mark"));
        assertThat(state.getLongNotionalUsd())
                .isEqualTo(toTheMicroUsd(sums.longSize().multiply(mark)));
        assertThat(state.getShortNotionalUsd())
                .isEqualTo(toTheMicroUsd(sums.shortSize().multiply(mark)));
    }

    private static void assertRelative(double actual, Row row, String column) {
        double expected = row.number(column);
        assertThat(actual).describedAs(column).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
    }

    private static double toTheMicroUsd(BigDecimal usd) {
        return usd.setScale(6, RoundingMode.HALF_EVEN).doubleValue();
    }

    /** How far our numbers of one coin are from the tracker's, at worst. */
    private static final class Comparison {
        private final String coin;
        private int snapshots;
        private double worstSize;
        private double worstEntry;
        private double worstCoverage;
        private double worstNotional;

        Comparison(String coin) {
            this.coin = coin;
        }

        void add(MarketState state, Row row) {
            snapshots++;
            worstSize = max(worstSize, state.getLongSize(), row, "long_sz");
            worstSize = max(worstSize, state.getShortSize(), row, "short_sz");
            worstEntry = max(worstEntry, state.getLongEntryPrice(), row, "wavg_entry_long");
            worstEntry = max(worstEntry, state.getShortEntryPrice(), row, "wavg_entry_short");
            worstCoverage = max(
                    worstCoverage, 100 * (state.getCoverageLong() + state.getCoverageShort()), row, "tracked_oi_pct");
            worstNotional = max(worstNotional, state.getLongNotionalUsd(), row, "long_ntl");
            worstNotional = max(worstNotional, state.getShortNotionalUsd(), row, "short_ntl");
        }

        private static double max(double worst, double actual, Row row, String column) {
            double expected = row.number(column);
            return Math.max(worst, Math.abs(actual - expected) / Math.abs(expected));
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "TrackerIT: %s, %d snapshots, counts equal; largest relative difference: size %.1e, entry %.1e,"
                            + " tracked share of open interest %.1e, polled notional %.1e",
                    coin,
                    snapshots,
                    worstSize,
                    worstEntry,
                    worstCoverage,
                    worstNotional);
        }
    }
}
