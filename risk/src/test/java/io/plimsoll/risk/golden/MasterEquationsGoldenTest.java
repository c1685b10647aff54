package io.plimsoll.risk.golden;

import static io.plimsoll.risk.Holdings.flat;
import static io.plimsoll.risk.Holdings.inverse;
import static io.plimsoll.risk.Holdings.isolated;
import static io.plimsoll.risk.Holdings.linear;
import static io.plimsoll.risk.Holdings.liquidationPrice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.VenueModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two equations give whatever the venue, and what the popular shortcuts get wrong. */
class MasterEquationsGoldenTest {

    private static final Contract INVERSE = inverse(VenueModel.GENERIC, "BTC", flat(0.005));
    private static final Contract LINEAR = linear(VenueModel.GENERIC, "BTC", flat(0.005));
    private static final double COINS = 60_000 / 50_000.0;

    @Test
    void shouldLiquidateAnInverseLongThatIsPaidInFull() {
        double line = liquidationPrice(isolated(INVERSE, 60_000, 50_000, COINS));

        assertThat(line).isCloseTo(25_125.00, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {COINS, 1.5, 100})
    void shouldNeverLiquidateAnInverseShortThatIsPaidInFull(double margin) {
        assertThat(liquidationPrice(isolated(INVERSE, -60_000, 50_000, margin))).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {100_000, 100_000.01, 1e6})
    void shouldNeverLiquidateALinearLongThatIsPaidInFull(double margin) {
        assertThat(liquidationPrice(isolated(LINEAR, 2, 50_000, margin))).isNaN();
    }

    @Test
    void shouldBeExactWhereTheShortcutIsNot() {
        Contract contract = linear(VenueModel.GENERIC, "X", flat(1 / 6.0));
        double shortcut = 1 * (1 - 1 / 3.0 + 1 / 6.0);

        double line = liquidationPrice(isolated(contract, 1000, 1, 1000 / 3.0));

        assertThat(shortcut).isCloseTo(0.8333, within(5e-5));
        assertThat(line).isCloseTo(0.8, within(1e-8));
    }

    @Test
    void shouldKnowThatInverseIsConvex() {
        double inverse = liquidationPrice(isolated(INVERSE, 60_000, 50_000, COINS / 10));
        double linear = liquidationPrice(isolated(LINEAR, 1, 50_000, 5000));

        assertThat(inverse).isCloseTo(45_682, within(0.5));
        assertThat(linear).isCloseTo(45_226, within(0.5));
    }
}
