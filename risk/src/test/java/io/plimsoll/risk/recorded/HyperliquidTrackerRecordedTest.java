package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.MarginTable;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Liquidation prices of large accounts in BTC, ETH and SOL. The recording lacks the accounts' other positions and the
 * collateral that they hold elsewhere, so what an account has above its maintenance margin is inferred: the reported
 * liquidation price of the largest <em>other</em> position of the same account at the same time is turned into the
 * available margin that it implies, and that predicts the price in question.
 *
 * <p>A position is testable if it is cross, the venue gave it a liquidation price, and another such position of the
 * same account and time is in the recording. Maximum leverage is not recorded: the documented tiers are taken.
 */
class HyperliquidTrackerRecordedTest {

    private static final Map<String, MarginTable> TABLES = Map.of(
            "BTC", HyperliquidTables.of("BTC", 40),
            "ETH", HyperliquidTables.of("ETH", 25),
            "SOL", HyperliquidTables.of("SOL", 20));

    private static final double RELATIVE_ERROR = 1e-6;

    private int rows;
    private int isolated;
    private int withoutPrice;
    private int alone;
    private int testable;
    private int within;
    private double worst;

    @Test
    void shouldGiveThePriceThatAnotherPositionOfTheAccountImplies() {
        List<Path> files = SharedData.files(SharedData.folder("hyperliquid-tracker-aug2026"), "positions_", ".csv");
        Map<String, Map<String, CrossPosition>> accounts = read(files);

        for (Map<String, CrossPosition> account : accounts.values()) {
            List<CrossPosition> positions = List.copyOf(account.values());
            if (positions.size() == 1) {
                alone++;
            } else {
                positions.forEach(position -> compare(position, positions));
            }
        }

        System.out.printf(
                "hyperliquid-tracker-aug2026: %d of %d testable positions within 1e-6, worst %.1e; of %d rows"
                        + " untestable: %d isolated, %d without a liquidation price, %d without another position%n",
                within, testable, worst, rows, isolated, withoutPrice, alone);
        assertThat(testable).isGreaterThan(2000);
        assertThat(testable + isolated + withoutPrice + alone).isEqualTo(rows);
        assertThat((double) within / testable).isGreaterThanOrEqualTo(0.999);
    }

    private void compare(CrossPosition position, List<CrossPosition> account) {
        CrossPosition other = account.stream()
                .filter(each -> each != position)
                .max(Comparator.comparingDouble(each -> each.quantity() * each.mark()))
                .orElseThrow();
        double available = other.impliedAvailableUsd(table(other));
        double error = position.error(table(position), available);
        testable++;
        worst = Math.max(worst, error);
        within += error <= RELATIVE_ERROR ? 1 : 0;
    }

    /** Cross positions with a liquidation price by account and time, then coin. */
    private Map<String, Map<String, CrossPosition>> read(List<Path> files) {
        Map<String, Map<String, CrossPosition>> accounts = new TreeMap<>();
        for (Path file : files) {
            for (Map<String, String> row : SharedData.csv(file)) {
                rows++;
                if (!row.get("levType").equals("cross")) {
                    isolated++;
                } else if (row.get("liqPx").isEmpty()) {
                    withoutPrice++;
                } else {
                    CrossPosition before = accounts.computeIfAbsent(
                                    row.get("addr") + " " + row.get("ts"), key -> new TreeMap<>())
                            .put(row.get("coin"), position(row));
                    assertThat(before).describedAs("twice: %s", row).isNull();
                }
            }
        }
        return accounts;
    }

    private static CrossPosition position(Map<String, String> row) {
        return CrossPosition.of(
                row.get("coin"),
                Double.parseDouble(row.get("szi")),
                Double.parseDouble(row.get("notional")),
                Double.parseDouble(row.get("liqPx")));
    }

    private static MarginTable table(CrossPosition position) {
        MarginTable table = TABLES.get(position.coin());
        if (table == null) {
            throw new IllegalStateException("no margin table of " + position.coin());
        }
        return table;
    }
}
