package io.plimsoll.risk.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.TestContracts;
import io.plimsoll.risk.depth.DepthState;
import io.plimsoll.risk.depth.UsableDepth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShotsOfDepthTest {

    private static final UsableDepth BOOK = new UsableDepth(
            DepthState.LIVE,
            1,
            List.of(new UsableDepth.Level(0.01, 10), new UsableDepth.Level(0.03, 50)),
            List.of(new UsableDepth.Level(0.01, 20), new UsableDepth.Level(0.03, 40)),
            0);

    /** Lots of a hundredth of a coin. */
    private static final List<Ladder.Rung> RUNGS = List.of(
            new Ladder.Rung(PriceGrid.LADDER.cell(90), 5_000, 0, 1, 0),
            new Ladder.Rung(PriceGrid.LADDER.cell(98.5), 1_500, 0, 1, 0),
            new Ladder.Rung(PriceGrid.LADDER.cell(99.5), 400, 0, 1, 0),
            new Ladder.Rung(PriceGrid.LADDER.cell(101.5), 0, 600, 0, 1));

    @Test
    void shouldHoldTheBookAgainstWhatIsForced() {
        ShotsOfDepth near = at(0.01, BOOK);
        ShotsOfDepth far = at(0.02, BOOK);

        assertThat(near.forcedSaleUsd()).isCloseTo(400, within(1e-9));
        assertThat(near.bidUsd()).isCloseTo(1_000, within(1e-9));
        assertThat(near.saleShots()).isCloseTo(2.5, within(1e-9));
        assertThat(near.purchaseShots()).describedAs("nothing is forced").isNull();
        // Half way between 10 and 50 coins.
        assertThat(far.bidUsd()).isCloseTo(3_000, within(1e-9));
        assertThat(far.forcedSaleUsd()).isCloseTo(1_900, within(1e-9));
        assertThat(far.purchaseShots()).isCloseTo(30 / 6.0, within(1e-9));
    }

    @Test
    void shouldNotGuessBeyondTheLastBand() {
        ShotsOfDepth beyond = at(0.05, BOOK);

        assertThat(beyond.bidUsd()).isNull();
        assertThat(beyond.saleShots()).isNull();
        assertThat(beyond.forcedSaleUsd()).isCloseTo(1_900, within(1e-9));
        assertThat(at(0.01, null).askUsd()).isNull();
    }

    @Test
    void shouldCountFaceValueOfInverseContracts() {
        ShotsOfDepth shots = ShotsOfDepth.of(0.01, BOOK, RUNGS, TestContracts.INVERSE, 100, 1);

        assertThat(shots.bidUsd()).isCloseTo(10, within(1e-9));
        assertThat(shots.forcedSaleUsd()).isCloseTo(4, within(1e-9));
    }

    private static ShotsOfDepth at(double distance, @Nullable UsableDepth depth) {
        return ShotsOfDepth.of(distance, depth, RUNGS, TestContracts.LINEAR, 100, 1);
    }
}
