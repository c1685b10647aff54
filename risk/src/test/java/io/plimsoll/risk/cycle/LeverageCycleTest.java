package io.plimsoll.risk.cycle;

import static io.plimsoll.risk.cycle.CyclePhase.BUILD_UP;
import static io.plimsoll.risk.cycle.CyclePhase.CALM;
import static io.plimsoll.risk.cycle.CyclePhase.CROWDED;
import static io.plimsoll.risk.cycle.CyclePhase.DELEVERAGING;
import static io.plimsoll.risk.cycle.CyclePhase.REPAIR;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeverageCycleTest {

    private static final long HOUR_MS = 3_600_000;
    private static final double NONE = Double.NaN;

    private CycleStanding standing = CycleStanding.beginning(0);
    private long hour;

    @Test
    void shouldGoRoundTheCycle() {
        assertThat(after(24, signals(0, 0))).isEqualTo(CALM);
        assertThat(after(24, signals(1.5, 0.5))).isEqualTo(BUILD_UP);
        assertThat(after(24, crowd(2.5))).isEqualTo(CROWDED);
        assertThat(after(1, fall(-0.2, 4))).isEqualTo(DELEVERAGING);
        assertThat(after(12, signals(-1.5, -1))).isEqualTo(DELEVERAGING);
        assertThat(after(24, signals(0, -1))).isEqualTo(REPAIR);
        assertThat(after(24, signals(1.5, -1))).isEqualTo(BUILD_UP);
    }

    @Test
    void shouldDeleverageAtOnceAndDoAllElseWithDelay() {
        after(24, signals(0, 0));

        assertThat(after(3, signals(1.5, 0))).isEqualTo(CALM);
        assertThat(after(1, signals(1.5, 0))).isEqualTo(BUILD_UP);
        assertThat(after(1, fall(-0.1, 3))).isEqualTo(DELEVERAGING);
    }

    @Test
    void shouldNotFlap() {
        after(24, signals(0, 0));
        List<CyclePhase> phases = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            phases.add(after(1, signals(i % 2 == 0 ? 1.2 : 0.8, 0)));
        }

        assertThat(phases).describedAs("it is never said for three hours").containsOnly(CALM);
        after(24, signals(1.2, 0));
        for (int i = 0; i < 200; i++) {
            phases.set(i, after(1, signals(i % 2 == 0 ? 1.2 : 0.2, 0)));
        }
        assertThat(phases).describedAs("it takes less to stay than to begin").containsOnly(BUILD_UP);
    }

    @Test
    void shouldStayForAWhile() {
        after(24, signals(1.5, 0));
        long began = standing.sinceMs();
        while (standing.phase() == BUILD_UP) {
            after(1, signals(-0.5, 0));
        }

        assertThat(standing.sinceMs() - began).isGreaterThanOrEqualTo(LeverageCycle.STAY_MS);
        assertThat(standing.phase()).isEqualTo(CALM);
    }

    @Test
    void shouldNotCallASmallFallDeleveraging() {
        after(24, signals(0, 0));

        assertThat(after(24, fall(-0.04, 4))).describedAs("unusual, but small").isEqualTo(CALM);
        assertThat(after(24, fall(-0.2, 0))).describedAs("nobody was forced").isEqualTo(CALM);
        assertThat(after(1, fall(-0.2, NONE)))
                .describedAs("nothing is known of what was forced")
                .isEqualTo(DELEVERAGING);
    }

    @Test
    void shouldEndRepairAfterAWeek() {
        after(24, signals(0, 0));
        after(1, fall(-0.2, 4));
        after(24, signals(0, -1));
        assertThat(standing.phase()).isEqualTo(REPAIR);

        assertThat(after(24 * 6, signals(0, 0))).isEqualTo(REPAIR);
        assertThat(after(16, signals(0, 0))).isEqualTo(CALM);
    }

    @Test
    void shouldStayWhereItIsWhileNothingIsKnown() {
        after(24, signals(1.5, 0));

        assertThat(after(100, new CycleSignals(NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE, NONE)))
                .isEqualTo(BUILD_UP);
    }

    @Test
    void shouldNotCallItBuildUpWhereLeverageFalls() {
        after(24, signals(0, 0));

        assertThat(after(24, new CycleSignals(0.02, 1.5, 0, -1.5, NONE, NONE, NONE, NONE, NONE)))
                .isEqualTo(CALM);
    }

    private CyclePhase after(int hours, CycleSignals signals) {
        for (int i = 0; i < hours; i++) {
            standing = LeverageCycle.next(standing, signals, HOUR_MS * ++hour);
        }
        return standing.phase();
    }

    private static CycleSignals signals(double trend, double level) {
        return new CycleSignals(0.01 * trend, trend, level, NONE, NONE, 0, NONE, NONE, 0);
    }

    private static CycleSignals crowd(double funding) {
        return new CycleSignals(0, 0, 1.5, NONE, NONE, funding, NONE, NONE, 0);
    }

    private static CycleSignals fall(double change, double forced) {
        return new CycleSignals(change, -4, 0, NONE, NONE, 0, NONE, NONE, forced);
    }
}
