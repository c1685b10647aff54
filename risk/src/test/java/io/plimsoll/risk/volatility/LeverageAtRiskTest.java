package io.plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PlainNormal;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.TestContracts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeverageAtRiskTest {

    private static final double VOLATILITY = 0.8;
    /** Middles of buckets stand for lines. */
    private static final double WIDTH = 0.001;

    @Test
    void shouldExpectWhatTheWorkedExampleSays() {
        LeverageAtRisk risk = measure(List.of(longs(90, 1_000)));

        assertThat(risk.longs().notionalUsd()).isCloseTo(1_000, within(1e-9));
        assertThat(risk.longs().dayUsd() / 1_000).isCloseTo(0.011865, within(5e-4));
        assertThat(risk.longs().hourUsd()).isLessThan(1e-3);
        assertThat(risk.shorts().dayUsd()).isZero();
    }

    @Test
    void shouldExpectAllOfWhatIsPastItsLine() {
        LeverageAtRisk risk = measure(List.of(longs(105, 700), shorts(95, 300)));

        assertThat(risk.longs()).isEqualTo(new LeverageAtRisk.Expected(700, 700, 700));
        assertThat(risk.shorts()).isEqualTo(new LeverageAtRisk.Expected(300, 300, 300));
        assertThat(risk.bands().get(0).longs().notionalUsd()).isEqualTo(700);
    }

    @Test
    void shouldSayHowFarLinesAre() {
        LeverageAtRisk risk =
                measure(List.of(longs(40, 1), longs(85, 2), longs(97, 4), shorts(103, 8), shorts(170, 16)));

        assertThat(risk.bands()).extracting(LeverageAtRisk.Band::from).containsExactly(0., .01, .02, .05, .1, .2, .5);
        assertThat(risk.bands())
                .extracting(band -> band.longs().notionalUsd())
                .containsExactly(0., 0., 4., 0., 2., 0., 1.);
        assertThat(risk.bands())
                .extracting(band -> band.shorts().notionalUsd())
                .containsExactly(0., 0., 8., 0., 0., 0., 16.);
        assertThat(risk.bands().get(6).to()).isInfinite();
    }

    @Test
    void shouldCountFaceValueOfInverseContracts() {
        LeverageAtRisk risk =
                LeverageAtRisk.of(List.of(longs(90, 1_000 * 100)), TestContracts.INVERSE, 100, 1, VOLATILITY);

        // Lots of a linear contract are worth a hundred times as much here.
        assertThat(risk.longs().notionalUsd()).isCloseTo(1_000, within(1e-9));
    }

    @Test
    void shouldBeTheSumOverPositionsHoweverTheyAreSplit() {
        Random random = new Random(20_260_205);
        List<Ladder.Rung> all = new ArrayList<>();
        double longDay = 0;
        double shortHour = 0;
        for (int i = 0; i < 1_000; i++) {
            double line = 60 + 80 * random.nextDouble();
            int usd = 1 + random.nextInt(1_000);
            boolean isLong = random.nextBoolean();
            all.add(isLong ? longs(line, usd) : shorts(line, usd));
            double exact = PriceGrid.LADDER.middle(PriceGrid.LADDER.cell(line));
            double out = isLong ? Math.log(100 / exact) : Math.log(exact / 100);
            double days = out <= 0 ? 1 : 2 * PlainNormal.above(out / (VOLATILITY * Math.sqrt(1 / 365.0)));
            double hours = out <= 0 ? 1 : 2 * PlainNormal.above(out / (VOLATILITY * Math.sqrt(1 / 8760.0)));
            longDay += isLong ? usd * days : 0;
            shortHour += isLong ? 0 : usd * hours;
        }

        assertThat(measure(all).longs().dayUsd()).isCloseTo(longDay, within(1e-6));
        assertThat(measure(all).shorts().hourUsd()).isCloseTo(shortHour, within(1e-6));
        for (int parts : new int[] {3, 7}) {
            double days = 0;
            for (int part = 0; part < parts; part++) {
                List<Ladder.Rung> own = new ArrayList<>();
                for (int i = part; i < all.size(); i += parts) {
                    own.add(all.get(i));
                }
                days += measure(own).longs().dayUsd();
            }
            assertThat(days).describedAs("in %s parts", parts).isCloseTo(longDay, within(1e-6));
        }
    }

    private static LeverageAtRisk measure(List<Ladder.Rung> rungs) {
        Contract contract = TestContracts.LINEAR;
        return LeverageAtRisk.of(rungs, contract, 100, 1, VOLATILITY);
    }

    /** At a price of 100 a lot of a hundredth is a dollar. */
    private static Ladder.Rung longs(double line, long usd) {
        return new Ladder.Rung((int) Math.floor(Math.log(line) / WIDTH), usd, 0, 1, 0);
    }

    private static Ladder.Rung shorts(double line, long usd) {
        return new Ladder.Rung((int) Math.floor(Math.log(line) / WIDTH), 0, usd, 0, 1);
    }
}
