package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SizeCellsTest {

    @Test
    void shouldGiveEachSmallSizeACellOfItsOwn() {
        for (long lots = 1; lots < 128; lots++) {
            assertThat(SizeCells.cell(lots + 1)).isEqualTo(SizeCells.cell(lots) + 1);
        }
    }

    @Test
    void shouldRiseWithSizeUpToTheLargest() {
        int before = 0;
        for (long lots = 1; lots < OpenPosition.MAX_LOTS; lots += 1 + lots / 1_000) {
            int cell = SizeCells.cell(lots);
            assertThat(cell).isBetween(before, before + 1);
            before = cell;
        }
    }

    @Test
    void shouldHoldNoSizesThatAreFurtherApartThanItsRatio() {
        long first = 1;
        for (long lots = 1; lots < 1_000_000; lots++) {
            if (SizeCells.cell(lots) != SizeCells.cell(first)) {
                first = lots;
            }
            assertThat((double) lots / first).isLessThan(SizeCells.RATIO);
        }
    }
}
