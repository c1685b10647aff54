package io.plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginPool;
import io.plimsoll.risk.Prices;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.dependence.DependenceSums.Coin;
import io.plimsoll.risk.dependence.DependenceSums.Loop;
import io.plimsoll.risk.dependence.DependenceSums.Pledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DependenceTest {

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
    private static final String[] ASSETS = {"ETH", "stETH", "WBTC", "USDC", "DAI"};
    private static final Map<String, String> FAMILY =
            Map.of("ETH", "ETH", "stETH", "ETH", "WBTC", "BTC", "USDC", "USD", "DAI", "USD");
    private static final int SYSTEMS = 50;
    private static final int LOANS = 60;

    @Test
    void shouldFindALoanThatIsBorrowedAgainstItself() {
        DependenceSums sums = sums(List.of(loan(owned("stETH", 21_760, 0.85), owed("ETH", 11_760))));

        assertThat(sums.coins())
                .containsEntry(new Coin("aave", "stETH"), new CoinSums(1, 21_760_000_000L, 18_496_000_000L, 0))
                .containsEntry(new Coin("aave", "ETH"), new CoinSums(0, 0, 0, 11_760_000_000L));
        assertThat(sums.borrowed()).containsOnly(Map.entry(new Pledge("aave", "stETH", "ETH"), 11_760_000_000L));
        // It unwinds at a fall of 36.42 %.
        assertThat(sums.loops())
                .containsOnly(Map.entry(
                        new Loop("aave", "ETH", UnwindingBuckets.of(0.3642)),
                        new LoopSums(1, 21_760_000_000L, 11_760_000_000L)));
    }

    @Test
    void shouldLeaveAloneWhatBacksNothing() {
        DependenceSums sums = sums(List.of(loan(owned("stETH", 5_000, 0.8), owned("USDC", 7, 1))));

        assertThat(sums).isEqualTo(DependenceSums.NONE);
    }

    @Test
    void shouldNotTakeALoanOfSomethingElseForALoop() {
        DependenceSums sums = sums(List.of(loan(owned("stETH", 5_000, 0.8), owed("USDC", 1_000))));

        assertThat(sums.loops()).isEmpty();
        assertThat(sums.borrowed()).containsOnly(Map.entry(new Pledge("aave", "stETH", "USDC"), 1_000_000_000L));
    }

    @Test
    void shouldCountNoMoreDebtInALoopThanThereIsCollateral() {
        DependenceSums sums =
                sums(List.of(loan(owned("stETH", 100, 0.8), owned("WBTC", 1_000, 0.8), owed("ETH", 300))));

        assertThat(sums.loops().values()).containsExactly(new LoopSums(1, 100_000_000L, 100_000_000L));
    }

    @Test
    void shouldAddUpToTheSameHoweverTheAccountsAreSplit() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            List<MarginAccount> loans = random(seed);
            DependenceSums whole = sums(loans);

            for (int parts : new int[] {3, 7}) {
                DependenceSums merged = DependenceSums.NONE;
                for (int part = parts - 1; part >= 0; part--) {
                    List<MarginAccount> some = new ArrayList<>();
                    for (int i = part; i < loans.size(); i += parts) {
                        some.add(loans.get(i));
                    }
                    merged = merged.plus(sums(some));
                }
                assertThat(merged)
                        .describedAs("seed %s in %s parts", seed, parts)
                        .isEqualTo(whole);
            }
        }
    }

    /** Loan by loan with doubles. */
    @Test
    void shouldAgreeWithAddingLoanByLoan() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            Map<String, Double> owed = new TreeMap<>();
            Map<String, Double> backed = new TreeMap<>();
            Map<String, Double> looped = new TreeMap<>();
            Map<String, Double> unwound = new TreeMap<>();
            for (MarginAccount loan : random(seed)) {
                double backing = 0;
                double debt = 0;
                for (Balance each : loan.balances()) {
                    backing += Math.max(0, each.quantity()) * each.factor();
                    debt += Math.max(0, -each.quantity());
                    owed.merge(each.asset(), Math.max(0, -each.quantity()), Double::sum);
                }
                if (backing > 0) {
                    for (Balance each : loan.balances()) {
                        backed.merge(each.asset(), Math.max(0, -each.quantity()), Double::sum);
                    }
                }
                for (String family : List.of("ETH", "BTC", "USD")) {
                    double own = of(loan, family, 1);
                    double owes = of(loan, family, -1);
                    if (own > 0 && owes > 0) {
                        looped.merge(family, Math.min(own, owes), Double::sum);
                        // By a tenth of the collateral's price.
                        if (backing - 0.1 * backed(loan, family) <= debt) {
                            unwound.merge(family, Math.min(own, owes), Double::sum);
                        }
                    }
                }
            }

            DependenceSums sums = sums(random(seed));

            String name = "seed " + seed;
            for (String asset : ASSETS) {
                CoinSums coin = sums.coins().getOrDefault(new Coin("aave", asset), new CoinSums(0, 0, 0, 0));
                assertThat(coin.owedMicroUsd() / 1e6)
                        .describedAs(name)
                        .isCloseTo(owed.getOrDefault(asset, 0.0), within(1e-3));
                double against = sums.borrowed().entrySet().stream()
                        .filter(pledge -> pledge.getKey().debt().equals(asset))
                        .mapToDouble(pledge -> pledge.getValue() / 1e6)
                        .sum();
                assertThat(against).describedAs(name).isCloseTo(backed.getOrDefault(asset, 0.0), within(1e-3));
            }
            for (String family : List.of("ETH", "BTC", "USD")) {
                assertThat(debt(sums, family, UnwindingBuckets.count()))
                        .describedAs(name)
                        .isCloseTo(looped.getOrDefault(family, 0.0), within(1e-3));
                assertThat(debt(sums, family, UnwindingBuckets.of(0.1)))
                        .describedAs(name)
                        .isCloseTo(unwound.getOrDefault(family, 0.0), within(1e-3));
            }
        }
    }

    private static double debt(DependenceSums sums, String family, int upToBucket) {
        return sums.loops().entrySet().stream()
                .filter(loop ->
                        loop.getKey().family().equals(family) && loop.getKey().bucket() <= upToBucket)
                .mapToDouble(loop -> loop.getValue().debtMicroUsd() / 1e6)
                .sum();
    }

    private static double of(MarginAccount loan, String family, int sign) {
        return loan.balances().stream()
                .filter(each -> family.equals(FAMILY.get(each.asset())))
                .mapToDouble(each -> Math.max(0, sign * each.quantity()))
                .sum();
    }

    private static double backed(MarginAccount loan, String family) {
        return loan.balances().stream()
                .filter(each -> family.equals(FAMILY.get(each.asset())))
                .mapToDouble(each -> Math.max(0, each.quantity()) * each.factor())
                .sum();
    }

    private static List<MarginAccount> random(long seed) {
        Random random = new Random(seed);
        List<MarginAccount> loans = new ArrayList<>();
        for (int i = 0; i < LOANS; i++) {
            List<Balance> balances = new ArrayList<>();
            for (String asset : ASSETS) {
                int kind = random.nextInt(3);
                double amount = 1 + 1_000 * random.nextDouble();
                if (kind == 0) {
                    balances.add(owned(asset, amount * 2, 0.5 + random.nextInt(5) / 10.0));
                } else if (kind == 1) {
                    balances.add(owed(asset, amount));
                }
            }
            loans.add(loan(balances.toArray(Balance[]::new)));
        }
        return loans;
    }

    private static Balance owned(String asset, double usd, double threshold) {
        return new Balance(asset, null, usd, threshold, 1);
    }

    private static Balance owed(String asset, double usd) {
        return new Balance(asset, null, -usd, 1, 1);
    }

    private static MarginAccount loan(Balance... balances) {
        return new MarginAccount(List.of(), List.of(balances), VenueModel.GENERIC);
    }

    private static DependenceSums sums(List<MarginAccount> loans) {
        Dependence dependence = new Dependence(NONE, AssetFamilies.DEFAULT);
        for (MarginAccount loan : loans) {
            for (MarginPool pool : loan.pools()) {
                dependence.add("aave", pool);
            }
        }
        return dependence.sums();
    }
}
