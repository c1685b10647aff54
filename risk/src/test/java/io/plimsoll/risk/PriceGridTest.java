package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceGridTest {

    @ParameterizedTest
    @ValueSource(ints = {-40_000, -32_769, -32_768, -32_767, -1, 0, 1, 11_512, 32_767, 32_768, 40_000})
    void shouldHaveEdgesAndMiddlesWhereTheFormulaSays(int cell) {
        for (PriceGrid grid : new PriceGrid[] {PriceGrid.LADDER, PriceGrid.REFERENCE}) {
            double width = grid.width();

            assertThat(grid.lowerEdge(cell)).isEqualTo(StrictMath.exp(cell * width));
            assertThat(grid.middle(cell)).isEqualTo(StrictMath.exp((cell + 0.5) * width));
            assertThat(grid.cell(grid.middle(cell))).isEqualTo(cell);
        }
    }
}
