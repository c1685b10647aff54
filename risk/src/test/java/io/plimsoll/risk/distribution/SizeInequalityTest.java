package io.plimsoll.risk.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plimsoll.risk.Contract;
import io.plimsoll.risk.Holdings;
import io.plimsoll.risk.VenueModel;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeInequalityTest {

    private static final Contract CONTRACT = Holdings.linear(VenueModel.GENERIC, "BTC", Holdings.flat(0.005));
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest(name = "{0} slices")
    @ValueSource(ints = {1, 3, 7})
    void shouldBeTooSmallByItsErrorAtMost(int slices) {
        RandomBook book = new RandomBook(CONTRACT, slices, new Random(slices)).turnOver(2_000, 50_000);

        Double gini = SizeInequality.gini(book.sizes());

        double exact = meanDifference(book);
        assertThat(gini).isBetween(exact - SizeInequality.ERROR, exact + ROUNDING);
        assertThat(SizeInequality.ERROR).isLessThan(0.0039);
    }

    /** Half the mean difference of any two sizes over their mean: the coefficient's other definition. */
    private static double meanDifference(RandomBook book) {
        List<Long> sizes = book.positions().stream()
                .map(position -> Math.abs(position.lots()))
                .toList();
        double differences = 0;
        double sum = 0;
        for (long one : sizes) {
            sum += one;
            for (long other : sizes) {
                differences += Math.abs(one - other);
            }
        }
        return differences / (2.0 * sizes.size() * sum);
    }

    @Test
    void shouldBeNothingWhereAllAreAsLarge() {
        RandomBook book = new RandomBook(CONTRACT, 3, new Random(1));
        for (int i = 0; i < 10; i++) {
            book.open("v:" + i, Holdings.isolated(CONTRACT, i % 2 == 0 ? 3 : -3, 100, 10));
        }

        assertThat(SizeInequality.gini(book.sizes())).isCloseTo(0, within(ROUNDING));
        assertThat(SizeInequality.gini(List.of())).isNull();
    }
}
