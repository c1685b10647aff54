package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.BorrowedMeasures;
import io.plimsoll.schemas.avro.CohortEfficiency;
import io.plimsoll.schemas.avro.EfficiencyMeasures;
import io.plimsoll.schemas.avro.EquitySide;
import io.plimsoll.topology.measures.MeasureGroup;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EfficiencyTest {

    private static final Duration A_LITTLE = Duration.ofMillis(1_200);
    private static final int HOUR = 3_600;

    @AutoClose
    private final MonitorFixture monitor =
            new MonitorFixture(MonitorFixture.measuring(MeasureGroup.BORROWED, MeasureGroup.EFFICIENCY));

    @BeforeEach
    void open() {
        monitor.at(0).instrument("X", 2, 20).price("X", 100);
        monitor.isolated("long", "X", 100, 100, 800)
                .isolated("short", "X", -50, 100, 1_250)
                .settle();
    }

    @Test
    void shouldTellWhatStandsOnBorrowedMoney() {
        monitor.depth("X", 100, 200).at(1).price("X", 100).settle();

        BorrowedMeasures borrowed = Objects.requireNonNull(monitor.measured("X").getBorrowed());

        assertThat(borrowed.getLongBorrowedUsd()).isCloseTo(9_200, within(5.0));
        assertThat(borrowed.getLongBorrowedShare()).isCloseTo(0.92, within(0.0005));
        assertThat(borrowed.getShortBorrowedUsd()).isCloseTo(3_750, within(4.0));
        assertThat(borrowed.getBorrowedShare()).isCloseTo(12_950.0 / 15_000, within(0.0006));
        assertThat(borrowed.getLongBorrowedToBids()).isCloseTo(9_200.0 / 20_000, within(0.0005));
        assertThat(borrowed.getShortBorrowedToOffers()).isCloseTo(3_750.0 / 20_000, within(0.0005));
    }

    @Test
    void shouldSayThatTheDepthIsNotKnown() {
        BorrowedMeasures borrowed = Objects.requireNonNull(monitor.measured("X").getBorrowed());

        assertThat(borrowed.getLongBorrowedToBids()).isNull();
        assertThat(borrowed.getShortBorrowedToOffers()).isNull();
    }

    @Test
    void shouldTellWhatEachCohortEarned() {
        hour(1, 101);
        hour(2, 102);
        monitor.at(2.5 * HOUR).live().closed("short", "X").price("X", 102).wait(A_LITTLE);
        hour(3, 100);

        EfficiencyMeasures efficiency =
                Objects.requireNonNull(monitor.measured("X").getEfficiency());

        assertThat(efficiency.getSamples()).isEqualTo(2);
        assertThat(efficiency.getHistoryMs()).isEqualTo(Duration.ofHours(2).toMillis());
        CohortEfficiency longs = efficiency.getSides().get(0);
        assertThat(longs.getSide()).isEqualTo(EquitySide.LONGS);
        assertThat(longs.getProfitUsd()).isCloseTo(100 - 200, within(1e-6));
        assertThat(longs.getCapitalUsd()).isCloseTo((900 + 1_000) / 2.0, within(5.0));
        assertThat(longs.getReturnOnCapital()).isCloseTo(-100 / 950.0, within(0.001));
        assertThat(longs.getProfitPerRisk()).isCloseTo(-100 / Math.sqrt(100 * 100 + 200 * 200), within(1e-9));
        assertThat(longs.getNotionalUsd()).isCloseTo(10_000, within(1e-6));
        CohortEfficiency shorts = efficiency.getSides().get(1);
        assertThat(shorts.getProfitUsd())
                .describedAs("what was held at the hour's beginning")
                .isCloseTo(-50 + 100, within(1e-6));
        assertThat(shorts.getNotionalUsd()).isZero();
        // Above ten at 101 and at 102: in the same cohort in both hours.
        CohortEfficiency tens = efficiency.getCohorts().get(3);
        assertThat(tens.getLeverageFrom()).isEqualTo(10);
        assertThat(tens.getLeverageBelow()).isEqualTo(20);
        assertThat(tens.getProfitUsd()).isCloseTo(-100, within(1e-6));
        assertThat(efficiency.getCohorts().stream()
                        .mapToDouble(CohortEfficiency::getProfitUsd)
                        .sum())
                .isCloseTo(-50, within(1e-6));
        assertThat(efficiency.getVolatilityTargetLeverage())
                .describedAs("of two hours")
                .isNull();
    }

    @Test
    void shouldLeaveOutAnHourThatItDidNotSeeBegin() {
        hour(1, 101);
        hour(3, 150);
        hour(4, 151);

        EfficiencyMeasures efficiency =
                Objects.requireNonNull(monitor.measured("X").getEfficiency());

        assertThat(efficiency.getSamples()).isEqualTo(1);
        assertThat(efficiency.getSides().get(0).getProfitUsd()).isCloseTo(100, within(1e-6));
    }

    private void hour(int hour, double price) {
        monitor.at(hour * HOUR).live().price("X", price).wait(A_LITTLE);
    }
}
