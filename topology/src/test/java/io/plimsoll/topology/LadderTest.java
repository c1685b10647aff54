package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.schemas.avro.ContractKind;
import io.plimsoll.schemas.avro.Instrument;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.LadderSeries;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;
import io.plimsoll.schemas.avro.Rung;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a ladder says beside sizes and counts. */
class LadderTest {

    private static final double FEE = 0.004;
    private static final double QUOTE_USD = 0.5;
    private static final int LISTED_PER_SLICE = 32;

    @AutoClose
    private final MonitorFixture monitor = new MonitorFixture();

    @Test
    void shouldSayPenaltiesAndTheLargestAccountOfEachBucket() {
        monitor.instrument(instrument(ContractKind.LINEAR_PERPETUAL)).price(price());
        sameLine("a", 3);
        sameLine("b", 5);
        sameLine("c", -4);
        monitor.settle();

        Ladder ladder = ladder();

        assertThat(ladder.getSeries()).isEqualTo(LadderSeries.OBSERVED);
        assertThat(ladder.getLiquidation()).hasSize(2);
        Rung longs = ladder.getLiquidation().get(0);
        double middle = Math.sqrt(longs.getLowerPrice() * longs.getUpperPrice());
        assertThat(longs.getLongPositions()).isEqualTo(2);
        assertThat(longs.getLongPenaltyUsd()).isCloseTo(8 * middle * FEE * QUOTE_USD, within(1e-9));
        assertThat(longs.getShortPenaltyUsd()).isZero();
        assertThat(longs.getLargestLongSize()).isEqualTo(5);
        assertThat(longs.getLargestLongAccount()).isEqualTo(MonitorFixture.VENUE + ":b");
        assertThat(longs.getLargestShortSize()).isNull();
        Rung shorts = ladder.getLiquidation().get(1);
        assertThat(shorts.getLargestShortSize()).isEqualTo(4);
        assertThat(shorts.getLargestShortAccount()).isEqualTo(MonitorFixture.VENUE + ":c");
        assertThat(ladder.getBankruptcy()).isNotEmpty().allSatisfy(rung -> {
            assertThat(rung.getLongPenaltyUsd()).isNull();
            assertThat(rung.getLargestLongSize()).isNull();
            assertThat(rung.getLargestShortAccount()).isNull();
        });
    }

    @Test
    void shouldBeOfTheNewestPriceWhereNoAccountHasChangedSince() {
        monitor.instrument(instrument(ContractKind.LINEAR_PERPETUAL)).price(price());
        sameLine("a", 3);
        monitor.settle();

        // Within the same cell of reference prices: no slice has anything to say.
        monitor.at(1).price("X", 100.01).settle();

        assertThat(ladder().getMarkPrice()).isEqualTo(100.01);
        assertThat(ladder().getStalenessMs()).isEqualTo(1_000);
    }

    @Test
    void shouldSayWhatIsNotKnownOfTheLargest() {
        monitor.instrument(instrument(ContractKind.LINEAR_PERPETUAL)).price(price());
        for (int i = 0; i < LISTED_PER_SLICE; i++) {
            monitor.isolated("large" + i, "X", 10, 100, 300);
        }
        sameLine("b", 5);
        sameLine("c", 2);
        sameLine("d", 1);
        monitor.settle();

        Rung rung = ladder().getLiquidation().stream()
                .filter(each -> each.getLongPositions() == 3)
                .findFirst()
                .orElseThrow();

        assertThat(rung.getLargestLongSize())
                .describedAs("none of the three is listed")
                .isNull();
        assertThat(rung.getLargestLongAccount()).isNull();
    }

    @Test
    void shouldLabelTheLadderOfAnOptionAsModelled() {
        monitor.instrument(instrument(ContractKind.OPTION)).price(price());
        monitor.position(new Position(
                MonitorFixture.VENUE,
                "a",
                "X",
                10.0,
                3.0,
                MarginMode.ISOLATED,
                100.0,
                null,
                null,
                null,
                0.5,
                null,
                null,
                100.0));
        monitor.settle();

        assertThat(ladder().getSeries()).isEqualTo(LadderSeries.MODELLED);
        assertThat(ladder().getLiquidation()).hasSize(1);
    }

    /** Isolated with a tenth of its notional: all longs stand in one bucket, and all shorts. */
    private void sameLine(String account, double size) {
        monitor.isolated(account, "X", size, 100, 10 * Math.abs(size));
    }

    private Ladder ladder() {
        return Objects.requireNonNull(monitor.ladders().get(MonitorFixture.VENUE + ":X"));
    }

    private static Price price() {
        return new Price(MonitorFixture.VENUE, "X", 100.0, 100.0, null, null, null, QUOTE_USD, null, null);
    }

    private static Instrument instrument(ContractKind kind) {
        return MonitorFixture.contract("X", kind, 2).setLiquidationFeeRate(FEE).build();
    }
}
