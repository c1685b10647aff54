package io.plimsoll.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final Pace pace = new Pace(100, Duration.ofSeconds(4));
    private int turns;

    @Test
    void shouldRestTheLongerTheMoreWasMade() {
        turn(1_000, 50);
        turn(1_499, 10);
        assertThat(turns).isEqualTo(1);

        turn(1_500, 10);
        turn(1_600, 0);

        assertThat(turns).isEqualTo(3);
    }

    @Test
    void shouldNotRestForGood() {
        turn(1_000, 1_000_000);

        turn(4_999, 1);
        assertThat(turns).isEqualTo(1);
        turn(5_000, 1);

        assertThat(turns).isEqualTo(2);
    }

    @Test
    void shouldNotRestWhereNothingWasMade() {
        turn(1_000, 0);
        turn(1_000, 0);

        assertThat(turns).isEqualTo(2);
    }

    @Test
    void shouldGoOnWhereTheClockWasSetBack() {
        turn(10_000, 1_000);

        turn(9_000, 1);

        assertThat(turns).isEqualTo(2);
    }

    private void turn(long nowMs, int made) {
        pace.turn(nowMs, () -> {
            turns++;
            return made;
        });
    }
}
