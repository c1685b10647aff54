package io.plimsoll.risk.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of any impact, and what each is at points that can be worked out. */
class ImpactTest {

    private static final double[] EDGES = {0.002, 0.01, 0.02, 0.05};
    private static final double[] RESTING = {10, 40, 40, 100};

    static Stream<Impact> laws() {
        return Stream.of(
                new LinearImpact(3e-4),
                new SquareRootImpact(1, 0.03, 1000, 0),
                new SquareRootImpact(0.8, 0.05, 500, 7),
                ExponentialImpact.ofDailyFigures(0.4, 500, 0.03, 1, 0.6),
                DepthImpact.ending(EDGES, RESTING),
                DepthImpact.carriedOn(EDGES, RESTING, 0.3));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldNeverFallWithVolume(Impact impact) {
        assertThat(impact.move(0)).isZero();
        double before = 0;
        for (double volume = 0.01; volume < 1000; volume *= 1.01) {
            double move = impact.move(volume);
            assertThat(move).describedAs("volume " + volume).isGreaterThanOrEqualTo(before);
            assertThat(Double.isInfinite(move)).isEqualTo(volume > impact.capacity());
            before = move;
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldHaveTheSlopeOfFiniteDifferences(Impact impact) {
        for (double volume : new double[] {0.5, 3, 9, 13, 39, 43, 77, 99, 120, 400}) {
            if (volume < impact.capacity()) {
                double step = 1e-6 * volume;
                double difference = (impact.move(volume + step) - impact.move(volume - step)) / (2 * step);
                assertThat(impact.slope(volume) / difference)
                        .describedAs("volume " + volume)
                        .isCloseTo(1, within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("laws")
    void shouldMoveByAsMuchWithAQuarterOfTheDepthAndOfTheVolume(Impact impact) {
        Impact quarter = impact.withDepth(0.25);

        for (double volume : new double[] {0.5, 3, 9, 13, 33, 77, 99, 120, 400}) {
            double whole = impact.move(volume);
            double part = quarter.move(volume / 4);
            if (Double.isInfinite(whole)) {
                assertThat(part).isInfinite();
            } else {
                assertThat(part).describedAs("volume " + volume).isCloseTo(whole, within(1e-12));
                assertThat(quarter.slope(volume / 4)).isCloseTo(4 * impact.slope(volume), within(1e-9));
            }
        }
        assertThat(quarter.capacity() * 4).isEqualTo(impact.capacity());
        assertThat(impact.withDepth(1).move(17)).isEqualTo(impact.move(17));
        assertThatIllegalArgumentException().isThrownBy(() -> impact.withDepth(0));
        assertThatIllegalArgumentException().isThrownBy(() -> impact.withDepth(1.01));
    }

    @Test
    void shouldFollowTheBands() {
        Impact book = DepthImpact.ending(EDGES, RESTING);

        assertThat(book.move(5)).isCloseTo(0.001, within(1e-15));
        assertThat(book.move(10)).isEqualTo(0.002);
        assertThat(book.move(25)).isCloseTo(0.006, within(1e-15));
        // The third band is empty: one lot more than the second holds comes out of the fourth.
        assertThat(book.move(40)).isEqualTo(0.01);
        assertThat(book.move(40 + 1e-9)).isCloseTo(0.02, within(1e-9));
        assertThat(book.slope(40)).isCloseTo(0.03 / 60, within(1e-15));
        assertThat(book.move(100)).isEqualTo(0.05);
        assertThat(book.move(Math.nextUp(100.0))).isInfinite();
        assertThat(book.slope(100)).isInfinite();
        assertThat(book.capacity()).isEqualTo(100);
    }

    @Test
    void shouldCarryTheLastBandOnToItsReach() {
        Impact book = DepthImpact.carriedOn(EDGES, RESTING, 0.08);

        assertThat(book.move(25)).isEqualTo(DepthImpact.ending(EDGES, RESTING).move(25));
        assertThat(book.move(130)).isCloseTo(0.065, within(1e-15));
        assertThat(book.capacity()).isCloseTo(160, within(1e-12));
        assertThat(DepthImpact.carriedOn(EDGES, RESTING, 0.05).capacity()).isEqualTo(100);
        assertThat(DepthImpact.carriedOn(new double[] {0.01}, new double[] {5}, 0.02)
                        .move(10))
                .isEqualTo(0.02);
    }

    @Test
    void shouldHoldNothingInAnEmptyBook() {
        Impact book = DepthImpact.ending(new double[] {0.01, 0.02}, new double[] {0, 0});

        assertThat(book.move(0)).isZero();
        assertThat(book.move(1e-9)).isInfinite();
        assertThat(book.slope(0)).isInfinite();
        assertThat(book.capacity()).isZero();
    }

    @Test
    void shouldFollowTheSquareRootAboveTheCrossoverOnly() {
        SquareRootImpact law = new SquareRootImpact(1, 0.04, 10_000, 100);

        assertThat(law.move(400)).isCloseTo(0.008, within(1e-15));
        assertThat(law.move(100)).isCloseTo(0.004, within(1e-15));
        assertThat(law.move(25)).isCloseTo(0.001, within(1e-15));
        assertThat(law.slope(0)).isCloseTo(4e-5, within(1e-18));
        assertThat(law.slope(100)).isCloseTo(2e-5, within(1e-18));
        assertThat(new SquareRootImpact(1, 0.04, 10_000, 0).slope(0)).isInfinite();
    }

    @Test
    void shouldNotFallBelowTheFloor() {
        ExponentialImpact law = new ExponentialImpact(50, 0.7);

        assertThat(law.fraction(50 * Math.log(2))).isCloseTo(0.15, within(1e-15));
        assertThat(law.move(50 * Math.log(2))).isCloseTo(-Math.log(0.85), within(1e-15));
        assertThat(law.move(1e9)).isCloseTo(-Math.log(0.7), within(1e-15));
        assertThat(law.slope(0)).isCloseTo(0.3 / 50, within(1e-15));
    }

    @Test
    void shouldRefuseWhatIsNoBookAndNoLaw() {
        double[] one = {1};
        assertThatIllegalArgumentException().isThrownBy(() -> DepthImpact.ending(new double[0], new double[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> DepthImpact.ending(one, new double[] {1, 2}));
        assertThatIllegalArgumentException().isThrownBy(() -> DepthImpact.ending(new double[] {0}, one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthImpact.ending(new double[] {0.1, 0.1}, new double[] {1, 2}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthImpact.ending(new double[] {0.1, 0.2}, new double[] {2, 1}));
        assertThatIllegalArgumentException().isThrownBy(() -> DepthImpact.ending(one, new double[] {Double.NaN}));
        assertThatIllegalArgumentException().isThrownBy(() -> DepthImpact.carriedOn(one, one, 0.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DepthImpact.carriedOn(one, one, Double.POSITIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> new LinearImpact(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> LinearImpact.through(0, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> new SquareRootImpact(1, 0.1, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ExponentialImpact(1, 1));
    }
}
