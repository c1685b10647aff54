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
import java.util.Collections;
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
    private static final int[] SLICES = {1, 3, 7};

    /** By how much collateral may fall against its debt, step by step. */
    private static final double[] FALLS = {0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 1};

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
    void shouldAgreeWithAddingLoanByLoanInOneSliceAndInSeveral() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            List<MarginAccount> loans = random(seed);
            DependenceSums whole = sums(loans);
            assertPlain("seed " + seed, whole, loans);
            for (int slices : SLICES) {
                List<DependenceSums> looks = looks(loans, slices);
                Collections.shuffle(looks, new Random(seed));
                assertThat(merged(looks))
                        .describedAs("seed %s in %s slices", seed, slices)
                        .isEqualTo(whole);
            }
        }
    }

    @Test
    void shouldForgetLoansThatHaveClosedOrChanged() {
        for (long seed = 0; seed < SYSTEMS; seed++) {
            for (int slices : SLICES) {
                List<MarginAccount> loans = random(seed);
                List<DependenceSums> looks = looks(loans, slices);
                Random random = new Random(~seed);
                List<MarginAccount> others = random(seed + SYSTEMS);
                // Some of every second slice, all of the first where there are several; the rest is not looked at
                // again.
                for (int i = 0; i < loans.size(); i++) {
                    if (i % slices == 0 && slices > 1) {
                        loans.set(i, loan());
                    } else if (i % slices % 2 == 0) {
                        loans.set(i, random.nextBoolean() ? loan() : others.get(i));
                    }
                }
                for (int slice = 0; slice < slices; slice += 2) {
                    looks.set(slice, sums(slice(loans, slice, slices)));
                }

                assertPlain("seed " + seed + " in " + slices + " slices", merged(looks), loans);

                looks.replaceAll(look -> sums(List.of(loan(), loan())));
                assertThat(merged(looks)).isEqualTo(DependenceSums.NONE);
            }
        }
    }

    private static List<DependenceSums> looks(List<MarginAccount> loans, int slices) {
        List<DependenceSums> looks = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            looks.add(sums(slice(loans, slice, slices)));
        }
        return looks;
    }

    private static List<MarginAccount> slice(List<MarginAccount> loans, int slice, int slices) {
        List<MarginAccount> some = new ArrayList<>();
        for (int i = slice; i < loans.size(); i += slices) {
            some.add(loans.get(i));
        }
        return some;
    }

    private static DependenceSums merged(List<DependenceSums> looks) {
        return looks.stream().reduce(DependenceSums.NONE, DependenceSums::plus);
    }

    /** Every number against one that is added up loan by loan with doubles. */
    private static void assertPlain(String name, DependenceSums actual, List<MarginAccount> loans) {
        Map<String, Double> plain = new TreeMap<>();
        loans.forEach(loan -> addPlain(loan, plain));
        Map<String, Double> sums = new TreeMap<>();
        actual.coins().forEach((coin, its) -> {
            sums.put("pools that own " + coin.asset(), (double) its.pools());
            sums.put("owned " + coin.asset(), its.ownedMicroUsd() / 1e6);
            sums.put("margin " + coin.asset(), its.marginMicroUsd() / 1e6);
            sums.put("owed " + coin.asset(), its.owedMicroUsd() / 1e6);
        });
        actual.borrowed()
                .forEach((pair, micro) -> sums.put(pair.debt() + " against " + pair.collateral(), micro / 1e6));
        actual.loops().forEach((loop, its) -> {
            for (int step = loop.bucket(); step <= UnwindingBuckets.count(); step++) {
                sums.merge(step + " loans of " + loop.family(), (double) its.loans(), Double::sum);
                sums.merge(step + " collateral of " + loop.family(), its.collateralMicroUsd() / 1e6, Double::sum);
                sums.merge(step + " debt of " + loop.family(), its.debtMicroUsd() / 1e6, Double::sum);
            }
        });
        sums.values().removeIf(sum -> sum == 0);
        assertThat(sums.keySet()).describedAs(name).isEqualTo(plain.keySet());
        plain.forEach((what, sum) ->
                assertThat(sums.get(what)).describedAs("%s, %s", name, what).isCloseTo(sum, within(LOANS * 1e-6)));
    }

    private static void addPlain(MarginAccount loan, Map<String, Double> into) {
        double owned = 0;
        double backing = 0;
        double debt = 0;
        for (Balance each : loan.balances()) {
            owned += Math.max(0, each.quantity());
            backing += Math.max(0, each.quantity()) * each.factor();
            debt += Math.max(0, -each.quantity());
        }
        if (debt == 0) {
            return;
        }
        for (Balance each : loan.balances()) {
            if (each.quantity() < 0) {
                into.merge("owed " + each.asset(), -each.quantity(), Double::sum);
                continue;
            }
            into.merge("pools that own " + each.asset(), 1.0, Double::sum);
            into.merge("owned " + each.asset(), each.quantity(), Double::sum);
            into.merge("margin " + each.asset(), each.quantity() * each.factor(), Double::sum);
            for (Balance other : loan.balances()) {
                if (other.quantity() < 0) {
                    into.merge(
                            other.asset() + " against " + each.asset(),
                            -other.quantity() * each.quantity() / owned,
                            Double::sum);
                }
            }
        }
        for (String family : List.of("ETH", "BTC", "USD")) {
            double own = of(loan, family, 1);
            double owes = of(loan, family, -1);
            for (int step = 0; step <= FALLS.length && own > 0 && owes > 0; step++) {
                // The last step is that of all loops, whether a fall unwinds them or not.
                if (step == FALLS.length || backing - FALLS[step] * backed(loan, family) <= debt) {
                    into.merge(step + " loans of " + family, 1.0, Double::sum);
                    into.merge(step + " collateral of " + family, own, Double::sum);
                    into.merge(step + " debt of " + family, Math.min(own, owes), Double::sum);
                }
            }
        }
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
