package io.plimsoll.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PositionsBySizeTest {

    private final PositionsBySize positions = new PositionsBySize();

    @Test
    void shouldKeepLongAndShortOfAnAccountApart() {
        positions.put("v:a", 5, 3);
        positions.put("v:a", -5, 4);

        positions.remove("v:a", 5);

        assertThat(positions.largest(2))
                .isEqualTo(new LargestPositions(List.of(), List.of(new LargePosition("v:a", 5, 4)), 1));
    }

    @ParameterizedTest(name = "{1} lots of {0}")
    @CsvSource({"v:b, 5", "v:a, -5", "v:a, 4", "v:a, 5000"})
    void shouldRefuseToTakeWhatIsNotThere(String account, long lots) {
        positions.put("v:a", 5, 3);
        positions.put("v:c", 2, 3);

        assertThatThrownBy(() -> positions.remove(account, lots))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lots + " lots of " + account);

        assertThat(positions.sizes(3)).containsExactly(5L, 2L);
    }

    @Test
    void shouldRefuseToTakeTwice() {
        positions.put("v:a", 5, null);
        positions.remove("v:a", 5);

        assertThatThrownBy(() -> positions.remove("v:a", 5)).isInstanceOf(IllegalStateException.class);
        assertThat(positions.sizes(1)).isEmpty();
    }
}
