package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Balance;
import io.plimsoll.risk.Contract;
import io.plimsoll.risk.LotSize;
import io.plimsoll.risk.MarginAccount;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.OpenPosition;
import io.plimsoll.risk.PriceBoard;
import io.plimsoll.risk.Shape;
import io.plimsoll.risk.Tier;
import io.plimsoll.risk.VenueModel;
import io.plimsoll.risk.WatchedPool;
import io.plimsoll.risk.cascade.Impact;
import io.plimsoll.risk.cascade.LinearImpact;
import io.plimsoll.risk.dependence.AssetFamilies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SystemicnessTest {

    private static final LotSize LOTS = new LotSize(8, 1);
    private static final MarginTable TABLE = MarginTable.of(List.of(new Tier(0, 0.01, null, null)));

    private static OpenPosition position(String asset, double size) {
        Contract contract =
                new Contract("venue:" + asset, asset, "USDC", Shape.LINEAR, LOTS, 6, TABLE, 0, VenueModel.GENERIC);
        return new OpenPosition(contract, LOTS.lots(size), 1, 0, null, null, null, 0);
    }

    private static List<WatchedPool> account(double equity, OpenPosition... positions) {
        // Entry and present price are 1.
        MarginAccount account = new MarginAccount(
                List.of(positions), List.of(new Balance("USDC", null, equity, 1, 1)), VenueModel.GENERIC);
        return WatchedPool.all(account.pools(), null, 0.01);
    }

    private static PriceBoard prices() {
        return PriceBoard.of("X", 1).with("Y", 1).with("Z", 1);
    }

    private static Map<String, MarketTerms> terms(Map<String, Impact> impacts) {
        Map<String, MarketTerms> terms = new HashMap<>();
        impacts.forEach((asset, impact) -> terms.put(
                "venue:" + asset,
                new MarketTerms("venue:" + asset, asset, LOTS, Shape.LINEAR, 1, 1, impact, impact, 0)));
        return terms;
    }

    @Test
    void shouldWorkOutAnExampleByHand() {
        // Bank 1: 100 of X with equity 20, b = 4. Bank 2: 60 of X and 140 of Y with equity 50, b = 3.
        Survey survey = new Survey(prices(), market -> LOTS, AssetFamilies.DEFAULT);
        survey.add("one", account(20, position("X", 100)));
        survey.add("two", account(50, position("X", 60), position("Y", 140)));

        Systemicness measured = Systemicness.of(
                survey.sum(), terms(Map.of("X", new LinearImpact(1e-6), "Y", new LinearImpact(2e-6))), 1);

        // Losses 1 and 2. Bank 1 sells 4 of X; bank 2 sells 6 of both, 1.8 of X and 4.2 of Y.
        assertThat(measured.assets())
                .extracting(Systemicness.Ranked::name, Systemicness.Ranked::soldUsd)
                .containsExactly(tuple("Y", 4.2), tuple("X", 5.8));
        // X falls by 5.8e-6, of which 160 are held; Y by 8.4e-6, of which 140 are. Equity is 70.
        assertThat(measured.aggregateVulnerability()).isCloseTo((5.8e-6 * 160 + 8.4e-6 * 140) / 70, within(1e-9));
        assertThat(measured.illiquidity().get("Y")).isCloseTo(2e-6, within(1e-10));
        assertThat(measured.equityUsd()).isEqualTo(70);
        assertThat(measured.coverage()).isEqualTo(1);
        // X alone: bank 1 sells 4 of X, bank 2, losing 0.6, sells 1.8: 0.54 of X and 1.26 of Y.
        Systemicness.Ranked fallOfX = measured.falls().stream()
                .filter(fall -> fall.name().equals("X"))
                .findFirst()
                .orElseThrow();
        assertThat(fallOfX.soldUsd()).isCloseTo(5.8, within(1e-6));
        assertThat(fallOfX.systemicness()).isCloseTo((4.54e-6 * 160 + 2.52e-6 * 140) / 70, within(1e-9));
    }

    @Test
    void shouldNotCountShortsLossesNorThoseWithoutEquity() {
        Survey survey = new Survey(prices(), market -> LOTS, AssetFamilies.DEFAULT);
        survey.add("one", account(10, position("X", -100)));
        survey.add("one", account(-5, position("X", 100)));
        survey.add("one", account(20, position("X", 80), position("Y", -40)));

        SurveySum sum = survey.sum();

        // Net 40 of gross 120, b = 5, loss 0.4: trades 2, of which 4/3 X sold and 2/3 Y bought back.
        assertThat(sum.markets().get("venue:X"))
                .extracting(SurveyRow::deleveraging, SurveyRow::longMicroUsd, SurveyRow::shortMicroUsd)
                .containsExactly(new Flow(1_333_333, 0), 180_000_000L, 100_000_000L);
        assertThat(sum.markets().get("venue:Y").deleveraging()).isEqualTo(new Flow(0, 666_667));
        assertThat(sum.totals().venues().get("one"))
                .isEqualTo(new VenueBalance(2, 1, 30_000_000, 220_000_000, 220_000_000));
    }

    @Test
    void shouldNetWhatAnAccountIsLongAndShortOfInOneAsset() {
        Survey survey = new Survey(prices(), market -> LOTS, AssetFamilies.DEFAULT);
        survey.add("one", account(20, position("X", 100), position("X", -60), position("Y", -10)));
        survey.add("one", account(20, position("X", -40)));

        VenueBalance all = survey.sum().totals().all();

        // 40 of X and 10 of Y; nothing is netted between accounts.
        assertThat(all.grossMicroUsd()).isEqualTo(210_000_000);
        assertThat(all.commitmentMicroUsd()).isEqualTo(90_000_000);
    }

    @Test
    void shouldBeTheMatrixFormulaWhereAllAreLong() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            String[] assets = {"X", "Y", "Z"};
            int banks = 1 + random.nextInt(20);
            double[][] held = new double[banks][3];
            double[] equity = new double[banks];
            Survey survey = new Survey(prices(), market -> LOTS, AssetFamilies.DEFAULT);
            for (int n = 0; n < banks; n++) {
                List<OpenPosition> positions = new ArrayList<>();
                double gross = 0;
                for (int k = 0; k < 3; k++) {
                    if (random.nextBoolean() || k == n % 3) {
                        held[n][k] = Math.rint(1e6 * random.nextDouble()) + 1;
                        gross += held[n][k];
                        positions.add(position(assets[k], held[n][k]));
                    }
                }
                equity[n] = Math.rint(gross * (0.05 + random.nextDouble())) + 1;
                survey.add("v" + n % 2, account(equity[n], positions.toArray(new OpenPosition[0])));
            }
            double[] illiquidity = {1e-10, 3e-10, 2e-10};
            Map<String, Impact> impacts = new HashMap<>();
            for (int k = 0; k < 3; k++) {
                impacts.put(assets[k], new LinearImpact(illiquidity[k]));
            }

            Systemicness measured = Systemicness.of(survey.sum(), terms(impacts), 1);

            double expected = matrixFormula(held, equity, illiquidity);
            String name = "seed " + seed;
            assertThat(measured.aggregateVulnerability())
                    .describedAs(name)
                    .isCloseTo(expected, within(1e-4 * expected + 1e-12));
            assertThat(measured.assets().stream()
                            .mapToDouble(Systemicness.Ranked::systemicness)
                            .sum())
                    .describedAs(name)
                    .isCloseTo(measured.aggregateVulnerability(), within(1e-12));
            assertThat(measured.venues().stream()
                            .mapToDouble(Systemicness.Ranked::systemicness)
                            .sum())
                    .describedAs(name)
                    .isCloseTo(measured.aggregateVulnerability(), within(1e-12));
            assertThat(measured.falls().stream()
                            .mapToDouble(Systemicness.Ranked::systemicness)
                            .sum())
                    .describedAs(name)
                    .isCloseTo(measured.aggregateVulnerability(), within(1e-4 * expected + 1e-12));
        }
    }

    /** AV = 1' A M L M' A B M F / E, multiplied out with dense matrices. */
    private static double matrixFormula(double[][] held, double[] equity, double[] illiquidity) {
        int banks = held.length;
        double[][] a = new double[banks][banks];
        double[][] b = new double[banks][banks];
        double[][] m = new double[banks][3];
        double[][] l = new double[3][3];
        double[][] shock = {{0.01}, {0.01}, {0.01}};
        double[][] ones = new double[1][banks];
        double allEquity = 0;
        for (int n = 0; n < banks; n++) {
            for (int k = 0; k < 3; k++) {
                a[n][n] += held[n][k];
            }
            for (int k = 0; k < 3; k++) {
                m[n][k] = held[n][k] / a[n][n];
            }
            b[n][n] = Math.max(0, a[n][n] / equity[n] - 1);
            ones[0][n] = 1;
            allEquity += equity[n];
        }
        for (int k = 0; k < 3; k++) {
            l[k][k] = illiquidity[k];
        }
        double[][] transposed = new double[3][banks];
        for (int n = 0; n < banks; n++) {
            for (int k = 0; k < 3; k++) {
                transposed[k][n] = m[n][k];
            }
        }
        double[][] product = ones;
        for (double[][] factor : List.of(a, m, l, transposed, a, b, m, shock)) {
            product = times(product, factor);
        }
        return product[0][0] / allEquity;
    }

    private static double[][] times(double[][] one, double[][] other) {
        double[][] product = new double[one.length][other[0].length];
        for (int i = 0; i < one.length; i++) {
            for (int j = 0; j < other[0].length; j++) {
                for (int k = 0; k < other.length; k++) {
                    product[i][j] += one[i][k] * other[k][j];
                }
            }
        }
        return product;
    }

    @Test
    void shouldPoolTheBooksOfAnAsset() {
        // 300 dollars in two books that take 1000 and 2000 dollars per 1 of ln(price).
        List<PooledImpact.Book> books = List.of(
                new PooledImpact.Book(new LinearImpact(0.01), 10), new PooledImpact.Book(new LinearImpact(0.001), 2));

        assertThat(PooledImpact.move(books, 300, 5)).isCloseTo(0.1, within(1e-12));
        assertThat(PooledImpact.move(books, 30_000, 5)).isEqualTo(5);
    }
}
