package io.plimsoll.connectors.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.connectors.CollectedRecords;
import io.plimsoll.schemas.Topics;
import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The files of a tracker of real accounts, imported by the mapping of the server's tests, against the tracker's own
 * aggregates: plain arithmetic on the records, before any topology.
 */
class TrackerFilesTest {

    private static final double RELATIVE = 1e-12;
    private static final Path MAPPING = Path.of("../server/src/test/resources/mappings/hyperliquid-tracker.yaml");

    private final CollectedRecords records = new CollectedRecords();
    private Path folder = Path.of("");

    /** The folder is beside the repository, or where the system property plimsoll.shared.data says. */
    @BeforeEach
    void findFiles() {
        Path found = null;
        String given = System.getProperty("plimsoll.shared.data");
        List<Path> places = new ArrayList<>();
        if (given != null) {
            places.add(Path.of(given));
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            places.add(up.resolve("shared/data"));
        }
        for (Path place : places) {
            Path tracker = place.resolve("hyperliquid-tracker-aug2026");
            if (found == null && Files.isDirectory(tracker)) {
                found = tracker;
            }
        }
        if (found == null) {
            System.out.println("skipped: no shared/data/hyperliquid-tracker-aug2026 in any folder above this one");
        }
        assumeTrue(found != null, "no shared/data/hyperliquid-tracker-aug2026 in any folder above this one");
        folder = found;
    }

    private List<Path> files(String pattern) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    private CsvImport.Result importAll() throws IOException {
        List<Path> files = new ArrayList<>(files("aggregates_.*\\.csv"));
        files.addAll(files("positions_.*\\.csv"));
        return new CsvImport(Mapping.read(MAPPING), files).run(records);
    }

    /** What one side of a coin adds up to. */
    private static final class Side {
        private int count;
        private double size;
        private double cost;

        void add(Position position) {
            count++;
            size += Math.abs(position.getSize());
            cost += Math.abs(position.getSize()) * position.getEntryPrice();
        }
    }

    @Test
    void shouldAddUpToTheTrackersOwnAggregatesAtEverySnapshot() throws IOException {
        importAll();

        for (String coin : List.of("BTC", "ETH", "SOL")) {
            Map<Long, Map<String, Position>> stateAt = statesByTime(coin);
            int compared = 0;
            for (Map<String, String> row : plainRows(folder.resolve("aggregates_" + coin + ".csv"))) {
                long timeMs = OffsetDateTime.parse(row.get("ts")).toInstant().toEpochMilli();
                Side longs = new Side();
                Side shorts = new Side();
                stateAt.get(timeMs)
                        .values()
                        .forEach(position -> (position.getSize() > 0 ? longs : shorts).add(position));
                assertSide(coin, row, "long", longs);
                assertSide(coin, row, "short", shorts);
                double openInterest = priceAt(coin, timeMs).getOpenInterest();
                assertRelative(
                        (longs.size + shorts.size) / openInterest * 100, row.get("tracked_oi_pct"), coin + " coverage");
                assertRelative(longs.size - shorts.size, row.get("net_sz"), coin + " net size", 1e-9);
                compared++;
            }
            assertThat(compared).describedAs(coin).isEqualTo(24);
        }
    }

    private static void assertSide(String coin, Map<String, String> row, String name, Side side) {
        String what = coin + " " + row.get("ts") + " " + name;
        assertThat(side.count).describedAs(what).isEqualTo(Integer.parseInt(row.get("n_" + name)));
        assertRelative(side.size, row.get(name + "_sz"), what + " size");
        assertRelative(side.cost / side.size, row.get("wavg_entry_" + name), what + " entry");
    }

    private static void assertRelative(double actual, String expected, String what) {
        assertRelative(actual, expected, what, RELATIVE);
    }

    private static void assertRelative(double actual, String expected, String what, double relative) {
        double wanted = Double.parseDouble(expected);
        assertThat(actual).describedAs(what).isCloseTo(wanted, within(Math.abs(wanted) * relative));
    }

    /** Positions of a coin as they stand after all records of each time, tombstones applied. */
    private Map<Long, Map<String, Position>> statesByTime(String coin) {
        Map<Long, Map<String, Position>> states = new LinkedHashMap<>();
        Map<String, Position> state = new HashMap<>();
        for (CollectedRecords.Written written : records.of(Topics.POSITIONS.name())) {
            if (written.key().endsWith(":" + coin)) {
                if (written.value() == null) {
                    assertThat(state.remove(written.key())).isNotNull();
                } else {
                    state.put(written.key(), (Position) written.value());
                }
                states.put(written.timestampMs(), Map.copyOf(state));
            }
        }
        return states;
    }

    private Price priceAt(String coin, long timeMs) {
        return records.of(Topics.PRICES.name()).stream()
                .filter(written ->
                        written.timestampMs() == timeMs && written.key().equals("hyperliquid:" + coin))
                .map(written -> (Price) written.value())
                .findFirst()
                .orElseThrow();
    }

    /** Reads the files once more without any of our code. */
    private static List<Map<String, String>> plainRows(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        String[] header = lines.get(0).split(",");
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < header.length; i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    @Test
    void shouldReadEveryRowAndWriteInOrderOfTime() throws IOException {
        long rows = 0;
        for (Path file : files("(aggregates|positions)_.*\\.csv")) {
            rows += plainRows(file).size();
        }

        CsvImport.Result result = importAll();

        assertThat(result.rows()).isEqualTo(rows);
        assertThat(result.unusedRows()).isZero();
        assertThat(result.recordsByTopic())
                .containsEntry("plimsoll.instruments", 3L)
                .containsEntry("plimsoll.prices", 72L)
                .containsEntry("plimsoll.positions", rows - 72)
                .containsEntry("plimsoll.collateral", rows - 72);
        assertThat(records.all())
                .extracting(CollectedRecords.Written::timestampMs)
                .isSorted();
    }

    @Test
    void shouldGiveEveryAccountTheEquityThatTheVenueReported() throws IOException {
        importAll();
        Path last = files("positions_BTC_.*").get(25);
        Map<String, Collateral> balances = records.latest(Topics.COLLATERAL.name(), Collateral.class);
        Map<String, Position> positions = records.latest(Topics.POSITIONS.name(), Position.class);
        Map<String, Double> profit = new HashMap<>();
        Map<String, Double> accountValue = new HashMap<>();
        for (String coin : List.of("BTC", "ETH", "SOL")) {
            Path file = Path.of(last.toString().replace("BTC", coin));
            for (Map<String, String> row : plainRows(file)) {
                profit.merge(row.get("addr"), Double.parseDouble(row.get("upnl")), Double::sum);
                accountValue.put(row.get("addr"), Double.parseDouble(row.get("av")));
            }
        }

        assertThat(balances).hasSameSizeAs(accountValue);
        accountValue.forEach((account, value) -> {
            double isolated = positions.values().stream()
                    .filter(position ->
                            position.getAccount().equals(account) && position.getMarginMode() == MarginMode.ISOLATED)
                    .mapToDouble(Position::getIsolatedMargin)
                    .sum();
            double equity =
                    balances.get("hyperliquid:" + account + ":USDC").getQuantity() + profit.get(account) + isolated;
            assertThat(equity).describedAs(account).isCloseTo(value, within(1e-6 * Math.max(1, Math.abs(value))));
        });
    }
}
