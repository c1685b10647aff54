package io.plimsoll.risk.survey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The largest absolute eigenvalue of a matrix without negative entries, and the bounds between which it is for certain (but
 * for rounding).
 *
 * <p>It is the greatest of those of its strongly connected parts. A part of one is its diagonal entry. In a larger one the
 * power method is taken on {@code A + c I}, which is primitive; for any vector x > 0 the least and the greatest of
 * {@code (A x)_i / x_i} enclose it (Collatz 1942, Wielandt 1950). So a matrix without cycles has exactly 0.
 *
 * @param value middle of the bounds, >= 0
 * @param low lower bound
 * @param high upper bound
 */
public record SpectralRadius(double value, double low, double high) {

    private static final double PRECISION = 1e-12;
    private static final int MOST_STEPS = 20_000;
    private static final int BALANCINGS = 20;

    static final SpectralRadius ZERO = new SpectralRadius(0, 0, 0);

    /** Rows of entries above 0. */
    public static final class Matrix {
        private final List<List<Entry>> rows = new ArrayList<>();

        private record Entry(int column, double value) {}

        /** A matrix of zeros, square. */
        public Matrix(int size) {
            for (int i = 0; i < size; i++) {
                rows.add(new ArrayList<>(2));
            }
        }

        /** Sets an entry, once. */
        public void set(int row, int column, double value) {
            if (!(value >= 0) || value == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("entry is " + value + ", allowed is a number from 0");
            }
            if (value > 0) {
                rows.get(row).add(new Entry(column, value));
            }
        }

        /** Its spectral radius. */
        public SpectralRadius spectralRadius() {
            int[][] edges = new int[rows.size()][];
            for (int i = 0; i < edges.length; i++) {
                edges[i] = rows.get(i).stream().mapToInt(Entry::column).toArray();
            }
            SpectralRadius greatest = ZERO;
            for (int[] part : StrongParts.of(edges)) {
                SpectralRadius its = ofPart(dense(part));
                double low = Math.max(greatest.low, its.low);
                double high = Math.max(greatest.high, its.high);
                greatest = new SpectralRadius((low + high) / 2, low, high);
            }
            return greatest;
        }

        private double[][] dense(int[] part) {
            int[] place = new int[rows.size()];
            for (int i = 0; i < part.length; i++) {
                place[part[i]] = i + 1;
            }
            double[][] dense = new double[part.length][part.length];
            for (int i = 0; i < part.length; i++) {
                for (Entry entry : rows.get(part[i])) {
                    if (place[entry.column] > 0) {
                        dense[i][place[entry.column] - 1] += entry.value;
                    }
                }
            }
            return dense;
        }
    }

    private static SpectralRadius ofPart(double[][] a) {
        int n = a.length;
        if (n == 1) {
            return new SpectralRadius(a[0][0], a[0][0], a[0][0]);
        }
        balance(a);
        double[] x = new double[n];
        Arrays.fill(x, 1);
        double low = 0;
        double high = Double.MAX_VALUE;
        for (int step = 0; step < MOST_STEPS && high - low > PRECISION * high; step++) {
            double[] next = new double[n];
            double least = Double.POSITIVE_INFINITY;
            double greatest = 0;
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    next[i] += a[i][j] * x[j];
                }
                least = Math.min(least, next[i] / x[i]);
                greatest = Math.max(greatest, next[i] / x[i]);
            }
            low = Math.max(low, least);
            high = Math.min(high, greatest);
            double largest = 0;
            for (int i = 0; i < n; i++) {
                next[i] += high / 2 * x[i];
                largest = Math.max(largest, next[i]);
            }
            for (int i = 0; i < n; i++) {
                x[i] = Math.max(Double.MIN_NORMAL, next[i] / largest);
            }
        }
        return new SpectralRadius((low + high) / 2, Math.min(low, high), Math.max(low, high));
    }

    /** Scales rows against columns until both have equal sums (Osborne 1960), which changes no eigenvalue. */
    private static void balance(double[][] a) {
        int n = a.length;
        for (int round = 0; round < BALANCINGS; round++) {
            for (int i = 0; i < n; i++) {
                double row = 0;
                double column = 0;
                for (int j = 0; j < n; j++) {
                    row += j == i ? 0 : a[i][j];
                    column += j == i ? 0 : a[j][i];
                }
                // Powers of two, so that nothing is rounded.
                double scale = StrictMath.pow(2, Math.rint(StrictMath.log(column / row) / (2 * StrictMath.log(2))));
                for (int j = 0; j < n && scale != 1; j++) {
                    if (j != i) {
                        a[i][j] *= scale;
                        a[j][i] /= scale;
                    }
                }
            }
        }
    }
}
