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

class TrackerLiquidationIT {

    private static final Map<String, MarginTable> TABLES =
            Map.of("BTC", table(40, 150e6, 20), "ETH", table(25, 100e6, 15), "SOL", table(20, 70e6, 10));

    private static MarginTable table(double first, double floorUsd, double second) {
        return MarginTable.of(
                List.of(new Tier(0, 1 / (2 * first), null, first), new Tier(floorUsd, 1 / (2 * second), null, second)));
    }

    @Test
    void shouldX() {
        TrackerFiles files = new TrackerFiles(SharedData.folder("hyperliquid-tracker-aug2026"));
        Map<String, List<Row>> byAccount = files.positions().stream()
                .collect(Collectors.groupingBy(row -> row.text("ts") + " " + row.text("addr")));
        for (String type : List.of("cross", "isolated")) {
            List<Double> d = new ArrayList<>();
            int none = 0, noneBoth = 0, noneOurs = 0;
            for (List<Row> rows : byAccount.values()) {
                if (type.equals("cross") && rows.size() != 1) continue;
                for (Row row : rows) {
                    if (!row.text("levType").equals(type)) continue;
                    double q = Math.abs(row.number("szi"));
                    double e = row.number("entryPx");
                    double w = type.equals("cross") ? row.number("av") - row.number("upnl") : q * e / row.number("lev");
                    double lp = LinearMargin.liquidationPrice(
                            row.number("szi") > 0 ? Side.LONG : Side.SHORT, q, e, w, TABLES.get(row.text("coin")));
                    if (row.text("liqPx").isEmpty()) {
                        none++;
                        if (Double.isNaN(lp)) noneBoth++;
                    } else if (Double.isNaN(lp)) {
                        noneOurs++;
                    } else {
                        d.add(Math.abs(lp / row.number("liqPx") - 1));
                    }
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "LIQ %s n=%d 1e-9=%d 1e-6=%d 1e-3=%d 1e-2=%d none=%d both=%d oursOnly=%d%n",
                    type,
                    d.size(),
                    d.stream().filter(x -> x < 1e-9).count(),
                    d.stream().filter(x -> x < 1e-6).count(),
                    d.stream().filter(x -> x < 1e-3).count(),
                    d.stream().filter(x -> x < 1e-2).count(),
                    none,
                    noneBoth,
                    noneOurs);
        }
        assertThat(byAccount).isNotEmpty();
    }
}
