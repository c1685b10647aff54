package io.plimsoll.risk.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;

class SpectralRadiusTest {

    private static final int MATRICES = 300;

    @Test
    void shouldSolveTwoByTwo() {
        Random random = new Random(1);
        for (int i = 0; i < MATRICES; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble() * Math.pow(10, random.nextInt(7) - 3);
            double c = random.nextDouble();
            double d = random.nextDouble();

            SpectralRadius radius = of(new double[][] {{a, b}, {c, d}});

            double root = (a + d + Math.sqrt((a - d) * (a - d) + 4 * b * c)) / 2;
            assertThat(radius.value()).describedAs("matrix %d", i).isCloseTo(root, within(1e-11 * (1 + root)));
        }
    }

    @Test
    void shouldSolveThreeByThree() {
        Random random = new Random(2);
        for (int i = 0; i < MATRICES; i++) {
            double[][] m = random(random, 3, 0.8);

            double found = of(m).value();

            // The greatest root of its polynomial: 0 there, and above 0 beyond.
            assertThat(characteristic(m, found)).describedAs("matrix %d", i).isCloseTo(0, within(1e-9));
            for (double beyond = found + 1e-4; beyond < found + 3; beyond += 0.01) {
                assertThat(characteristic(m, beyond))
                        .describedAs("matrix %d", i)
                        .isPositive();
            }
        }
    }

    private static double characteristic(double[][] m, double x) {
        double a = x - m[0][0];
        double b = x - m[1][1];
        double c = x - m[2][2];
        return a * (b * c - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * c + m[1][2] * m[2][0])
                - m[0][2] * (m[1][0] * m[2][1] + b * m[2][0]);
    }

    @Test
    void shouldAgreeWithAllEigenvalues() {
        Random random = new Random(3);
        int nothing = 0;
        for (int i = 0; i < MATRICES; i++) {
            int size = 1 + random.nextInt(12);
            double[][] m = random(random, size, 0.5 * random.nextDouble());

            SpectralRadius radius = of(m);

            EigenDecomposition all = new EigenDecomposition(new Array2DRowRealMatrix(m));
            double greatest = 0;
            for (int k = 0; k < size; k++) {
                greatest = Math.max(greatest, Math.hypot(all.getRealEigenvalue(k), all.getImagEigenvalue(k)));
            }
            // Eigenvalues of nilpotent matrices are where theirs are least exact: the root of the rounding.
            double precision = radius.value() == 0 ? 1e-3 : 1e-6;
            assertThat(radius.value()).describedAs("matrix %d", i).isCloseTo(greatest, within(precision));
            assertThat(radius.low()).isLessThanOrEqualTo(radius.value());
            assertThat(radius.high()).isGreaterThanOrEqualTo(radius.value());
            assertThat(radius.high() - radius.low()).isLessThanOrEqualTo(1e-10 * (1 + radius.high()));
            nothing += radius.value() == 0 ? 1 : 0;
        }
        assertThat(nothing).isBetween(10, MATRICES - 50);
    }

    @Test
    void shouldBeExactlyZeroWithoutCycles() {
        int size = 40;
        double[][] above = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = i + 1; j < size; j++) {
                above[i][j] = 5;
            }
        }

        assertThat(of(above)).isEqualTo(SpectralRadius.ZERO);
        assertThat(of(new double[0][0])).isEqualTo(SpectralRadius.ZERO);
    }

    @Test
    void shouldSolveCycles() {
        // A ring has eigenvalues on a circle, and the plain power method would turn for ever.
        double[][] ring = {{0, 2, 0}, {0, 0, 3}, {4.5, 0, 0}};

        assertThat(of(ring).value()).isCloseTo(3, within(1e-11));
    }

    @Test
    void shouldTakeTheGreatestOfPartsThatFeedEachOther() {
        double[][] parts = {{0.5, 1000, 0}, {0, 0, 2}, {0, 0.02, 0}};

        assertThat(of(parts).value()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void shouldRefuseNegativeEntries() {
        assertThatThrownBy(() -> new SpectralRadius.Matrix(1).set(0, 0, -0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.1");
    }

    private static double[][] random(Random random, int size, double density) {
        double[][] m = new double[size][size];
        for (double[] row : m) {
            for (int j = 0; j < size; j++) {
                row[j] = random.nextDouble() < density ? random.nextDouble() : 0;
            }
        }
        return m;
    }

    private static SpectralRadius of(double[][] m) {
        SpectralRadius.Matrix matrix = new SpectralRadius.Matrix(m.length);
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j < m.length; j++) {
                matrix.set(i, j, m[i][j]);
            }
        }
        return matrix.spectralRadius();
    }
}
