package io.plimsoll.topology.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Side;
import io.plimsoll.risk.efficiency.CohortEarnings;
import io.plimsoll.risk.efficiency.LeverageCohort;
import io.plimsoll.topology.avro.EarningsDay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CohortHistoryTest {

    private static final long SEED = 21;
    private static final int HOURS = 24 * 45;
    private static final int FIRST_HOUR = 24 * 20_000 + 7;

    @Test
    void shouldAddUpThirtyDaysAndGoOnAfterARestart() {
        Random random = new Random(SEED);
        CohortHistory history = new CohortHistory();
        Map<Integer, EarningsDay> stored = new HashMap<>();
        double[] prices = new double[HOURS];
        List<List<LeverageCohort>> held = new ArrayList<>();
        boolean[] seen = new boolean[HOURS];
        for (int i = 0; i < HOURS; i++) {
            prices[i] = 100 * Math.exp(0.1 * random.nextGaussian());
            held.add(cohorts(random));
            seen[i] = random.nextInt(20) > 0;
            if (seen[i]) {
                EarningsDay row = history.take(FIRST_HOUR + i, prices[i], held.get(i));
                stored.put(CohortHistory.place(row), row);
            }
            if (i % 100 == 50) {
                history = new CohortHistory();
                stored.values().forEach(history::restore);
            }
        }

        List<CohortEarnings> earned = history.earnings();

        long newestDay = Objects.requireNonNull(history.newest()).getDay();
        for (int cohort = 0; cohort < CohortHistory.COHORTS; cohort++) {
            int sign = cohort < LeverageCohort.COUNT ? 1 : -1;
            int hours = 0;
            double profit = 0;
            double squared = 0;
            double capital = 0;
            for (int i = 1; i < HOURS; i++) {
                if (seen[i] && seen[i - 1] && (FIRST_HOUR + i) / 24 > newestDay - 30) {
                    LeverageCohort at = held.get(i - 1).get(cohort);
                    double its = sign * at.notionalUsd() * (prices[i] - prices[i - 1]) / prices[i - 1];
                    hours++;
                    profit += its;
                    squared += its * its;
                    capital += at.equityUsd();
                }
            }
            CohortEarnings actual = earned.get(cohort);
            String what = "cohort " + cohort + ", seed " + SEED;
            assertThat(actual.hours()).describedAs(what).isEqualTo(hours).isGreaterThan(600);
            assertThat(actual.profitUsd()).describedAs(what).isCloseTo(profit, within(1e-6));
            assertThat(actual.squaredUsd()).describedAs(what).isCloseTo(squared, within(1e-9 * squared));
            assertThat(actual.capitalUsd()).describedAs(what).isCloseTo(capital, within(1e-6));
        }
        for (Side side : Side.values()) {
            assertThat(earned.get(CohortHistory.SIDES + side.ordinal()).profitUsd())
                    .isCloseTo(
                            earned
                                    .subList(
                                            side.ordinal() * LeverageCohort.COUNT,
                                            (side.ordinal() + 1) * LeverageCohort.COUNT)
                                    .stream()
                                    .mapToDouble(CohortEarnings::profitUsd)
                                    .sum(),
                            within(1e-6));
        }
    }

    private static List<LeverageCohort> cohorts(Random random) {
        List<LeverageCohort> cohorts = new ArrayList<>();
        for (Side side : Side.values()) {
            for (int i = 0; i < LeverageCohort.COUNT; i++) {
                double notional = random.nextInt(10_000);
                cohorts.add(new LeverageCohort(
                        side,
                        LeverageCohort.from(i),
                        LeverageCohort.below(i),
                        notional,
                        notional / (i + 1),
                        notional / 2));
            }
        }
        return cohorts;
    }
}
