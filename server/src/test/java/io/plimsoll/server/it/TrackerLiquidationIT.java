package io.plimsoll.server.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.LinearMargin;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Side;
import io.plimsoll.risk.Tier;
import io.plimsoll.server.it.TrackerFiles.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Liquidation prices of recorded positions against those that the venue itself reported, as far as the files allow.
 *
 * <p>They show three coins. An account that holds others, or collateral elsewhere, has another free cash than its rows
 * say, and which accounts do cannot be seen: their prices cannot be rebuilt. Those of accounts that hold nothing else
 * must come out to the last digits; nothing lies between the two kinds, so that neither is chance.
 */
class TrackerLiquidationIT {

    /** Inputs are rounded to a millionth of a dollar. */
    private static final double REBUILT = 1e-6;

    private static final Map<String, MarginTable> TABLES =
            Map.of("BTC", table(40, 150e6, 20), "ETH", table(25, 100e6, 15), "SOL", table(20, 70e6, 10));

    private static MarginTable table(double maxLeverage, double floorUsd, double maxLeverageAbove) {
        return MarginTable.of(List.of(
                new Tier(0, 1 / (2 * maxLeverage), null, maxLeverage),
                new Tier(floorUsd, 1 / (2 * maxLeverageAbove), null, maxLeverageAbove)));
    }

    @Test
    void shouldRebuildWhatTheVenueReportsWhereTheFilesShowAllThatIsHeld() {
        TrackerFiles files = new TrackerFiles(SharedData.folder("hyperliquid-tracker-aug2026"));
        Comparison oneCoin = new Comparison("cross, one of the three coins");
        Comparison severalCoins = new Comparison("cross, several of them");
        Comparison isolated = new Comparison("isolated, margin taken as size x entry / leverage");

        Map<String, List<Row>> accounts = files.positions().stream()
                .collect(Collectors.groupingBy(row -> row.text("ts") + " " + row.text("addr")));
        for (List<Row> rows : accounts.values()) {
            boolean allCross = rows.stream().allMatch(row -> row.text("levType").equals("cross"));
            for (Row row : rows) {
                if (row.text("levType").equals("isolated")) {
                    isolated.add(row, size(row) * row.number("entryPx") / row.number("lev"));
                } else if (allCross) {
                    (rows.size() == 1 ? oneCoin : severalCoins).add(row, freeCashUsd(row, rows));
                }
            }
        }

        System.out.println(oneCoin.line());
        System.out.println(severalCoins.line());
        System.out.println(isolated.line());
        assertThat(oneCoin.within(REBUILT)).isGreaterThanOrEqualTo(50);
        assertThat(oneCoin.within(100 * REBUILT) - oneCoin.within(REBUILT)).isLessThanOrEqualTo(5);
    }

    /** Account value less this position's profit, less what the other positions must keep. */
    private static double freeCashUsd(Row row, List<Row> account) {
        double free = row.number("av") - row.number("upnl");
        for (Row other : account) {
            if (other != row) {
                free -= TABLES.get(other.text("coin")).maintenance(other.number("notional"));
            }
        }
        return free;
    }

    private static double size(Row row) {
        return Math.abs(row.number("szi"));
    }

    /** Prices of one kind of position, ours against the venue's. */
    private static final class Comparison {
        private final String kind;
        private final List<Double> differences = new ArrayList<>();
        private int neither;
        private int oneOnly;

        Comparison(String kind) {
            this.kind = kind;
        }

        void add(Row row, double freeCashUsd) {
            double ours = LinearMargin.liquidationPrice(
                    row.number("szi") > 0 ? Side.LONG : Side.SHORT,
                    size(row),
                    row.number("entryPx"),
                    freeCashUsd,
                    TABLES.get(row.text("coin")));
            boolean theirsIsNone = row.text("liqPx").isEmpty();
            if (theirsIsNone != Double.isNaN(ours)) {
                oneOnly++;
            } else if (theirsIsNone) {
                neither++;
            } else {
                differences.add(Math.abs(ours / row.number("liqPx") - 1));
            }
        }

        long within(double relative) {
            return differences.stream()
                    .filter(difference -> difference <= relative)
                    .count();
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "TrackerLiquidationIT: %s: %d prices, within 1e-6 %d, 1e-4 %d, 1e-3 %d, 1e-2 %d; none on both sides"
                            + " %d, on one %d",
                    kind,
                    differences.size(),
                    within(1e-6),
                    within(1e-4),
                    within(1e-3),
                    within(1e-2),
                    neither,
                    oneOnly);
        }
    }
}
