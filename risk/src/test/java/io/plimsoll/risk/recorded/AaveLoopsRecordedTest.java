package io.plimsoll.risk.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.dependence.AssetFamilies;
import io.plimsoll.risk.dependence.CoinSums;
import io.plimsoll.risk.dependence.Dependence;
import io.plimsoll.risk.dependence.DependenceSums;
import io.plimsoll.risk.dependence.LoopSums;
import io.plimsoll.risk.dependence.UnwindingBuckets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Loops of real borrowers. The files say of each its collateral, average threshold and debt in all, and what of them is staked
 * ETH and ETH; the rest of both stands here as one asset each.
 */
class AaveLoopsRecordedTest {

    private static final Path PAGE = Path.of("..", "docs", "replays", "loops-aave-2023.md");
    /** The files' parts and totals are of moments a little apart: less than this share of the total is nothing. */
    private static final double SAME = 1e-3;

    private static final double MICRO = 1e6;
    private static final double MILLION = 1e6;
    private static final double THOUSAND = 1e3;
    private static final Prices NONE = new Prices() {
        @Override
        public double price(String market) {
            return Double.NaN;
        }

        @Override
        public double quoteUsd(String market) {
            return 1;
        }
    };

    @ParameterizedTest(name = "{0}")
    @CsvSource({"steth_aave.csv, v2, 1309, 368", "steth_aave_v3.csv, v3, 502, 161"})
    void shouldFillTheTablesOfThePage(String file, String version, int borrowers, int loops) throws Exception {
        List<Map<String, String>> rows =
                SharedData.csv(SharedData.folder("aave-borrowers-2023").resolve(file));
        boolean inUsd = version.equals("v3");
        Dependence dependence = new Dependence(NONE, AssetFamilies.DEFAULT);
        List<Double> multipliers = new ArrayList<>();
        for (Map<String, String> row : rows) {
            MarginAccount loan = inUsd ? ofVersion3(row) : ofVersion2(row);
            loan.pools().forEach(pool -> dependence.add("aave", pool));
            multiplier(loan, multipliers);
        }

        DependenceSums sums = dependence.sums();

        List<String> table = new ArrayList<>();
        table.add(overview(version, rows.size(), sums, multipliers, inUsd));
        table.addAll(unwinding(version, sums, inUsd));
        sums.coins().forEach((coin, its) -> table.add(coin(version, coin.asset(), its, sums, inUsd)));
        table.forEach(System.out::println);
        assertThat(rows).hasSize(borrowers);
        assertThat(multipliers).hasSize(loops);
        assertThat(Files.readAllLines(PAGE)).describedAs("%s", PAGE).containsAll(table);
    }

    private static String overview(
            String version, int borrowers, DependenceSums sums, List<Double> multipliers, boolean inUsd) {
        CoinSums all = sums.coins().values().stream().reduce(new CoinSums(0, 0, 0, 0), CoinSums::plus);
        LoopSums loops = sums.loops().values().stream().reduce(LoopSums.NONE, LoopSums::plus);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %d | %s | %s | %.1f %% | %.3f | %.2f / %.2f / %.2f |",
                version,
                borrowers,
                amount(all.ownedMicroUsd(), inUsd),
                amount(all.owedMicroUsd(), inUsd),
                loops.loans(),
                amount(loops.collateralMicroUsd(), inUsd),
                amount(loops.debtMicroUsd(), inUsd),
                100.0 * loops.debtMicroUsd() / all.owedMicroUsd(),
                loops.multiplier(),
                quantile(multipliers, 0.1),
                quantile(multipliers, 0.5),
                quantile(multipliers, 0.9));
    }

    private static List<String> unwinding(String version, DependenceSums sums, boolean inUsd) {
        List<String> rows = new ArrayList<>();
        LoopSums all = sums.loops().values().stream().reduce(LoopSums.NONE, LoopSums::plus);
        LoopSums so = LoopSums.NONE;
        for (int bucket = 0; bucket < UnwindingBuckets.count(); bucket++) {
            so = so.plus(sums.loops().getOrDefault(new DependenceSums.Loop("aave", "ETH", bucket), LoopSums.NONE));
            rows.add(String.format(
                    Locale.ROOT,
                    "| %s | %.0f %% | %d | %s | %.1f %% |",
                    version,
                    100 * UnwindingBuckets.edge(bucket),
                    so.loans(),
                    amount(so.debtMicroUsd(), inUsd),
                    100.0 * so.debtMicroUsd() / all.debtMicroUsd()));
        }
        return rows;
    }

    private static String coin(String version, String asset, CoinSums coin, DependenceSums sums, boolean inUsd) {
        double owned = sums.coins().values().stream()
                .mapToDouble(CoinSums::ownedMicroUsd)
                .sum();
        double owed = sums.coins().values().stream()
                .mapToDouble(CoinSums::owedMicroUsd)
                .sum();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %s | %.1f %% | %s | %.1f %% |",
                version,
                asset,
                coin.pools(),
                amount(coin.ownedMicroUsd(), inUsd),
                100 * coin.ownedMicroUsd() / owned,
                amount(coin.owedMicroUsd(), inUsd),
                100 * coin.owedMicroUsd() / owed);
    }

    /** Millions of dollars, or thousands of ETH. */
    private static String amount(long micro, boolean inUsd) {
        return String.format(
                Locale.ROOT, inUsd ? "%.1f m$" : "%.1f k ETH", micro / MICRO / (inUsd ? MILLION : THOUSAND));
    }

    private static double quantile(List<Double> values, double share) {
        return values.stream()
                .sorted()
                .skip((long) (share * (values.size() - 1)))
                .findFirst()
                .orElseThrow();
    }

    /** Collateral over one's own of a loan that is looped. */
    private static void multiplier(MarginAccount loan, List<Double> multipliers) {
        double owned = 0;
        double owed = 0;
        for (Balance balance : loan.balances()) {
            if (AssetFamilies.DEFAULT.familyOf(balance.asset()).equals("ETH")) {
                owned += Math.max(0, balance.quantity());
                owed += Math.max(0, -balance.quantity());
            }
        }
        if (owned > 0 && owed > 0) {
            multipliers.add(owed < owned ? owned / (owned - owed) : Double.POSITIVE_INFINITY);
        }
    }

    private static MarginAccount ofVersion2(Map<String, String> row) {
        double staked = number(row, "collateral_steth_calc");
        return loan(row, number(row, "ethdebt"), Map.of("stETH", staked));
    }

    private static MarginAccount ofVersion3(Map<String, String> row) {
        return loan(
                row,
                number(row, "ethdebt_calc"),
                Map.of(
                        "wstETH", number(row, "collateral_steth_calc"),
                        "rETH", number(row, "collateral_reth_calc"),
                        "cbETH", number(row, "collateral_cbeth_calc")));
    }

    private static MarginAccount loan(Map<String, String> row, double debtInEth, Map<String, Double> staked) {
        double threshold = number(row, "threshold") / 10_000;
        List<Balance> balances = new ArrayList<>();
        double collateral = number(row, "collateral");
        double debt = number(row, "debt");
        double rest = collateral;
        for (Map.Entry<String, Double> each : staked.entrySet()) {
            add(balances, each.getKey(), each.getValue(), threshold);
            rest -= each.getValue();
        }
        add(balances, "other", rest > collateral * SAME ? rest : 0, threshold);
        add(balances, "ETH", -debtInEth, 1);
        add(balances, "other debt", debt - debtInEth > debt * SAME ? debtInEth - debt : 0, 1);
        return new MarginAccount(List.of(), balances, VenueModel.GENERIC);
    }

    private static void add(List<Balance> balances, String asset, double quantity, double factor) {
        if (quantity != 0) {
            balances.add(new Balance(asset, null, quantity, factor, 1));
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }
}
