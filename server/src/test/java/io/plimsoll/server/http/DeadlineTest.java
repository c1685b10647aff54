package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    @Test
    void shouldHaveNoTimeLeftWhenItIsOver() {
        Deadline over = Deadline.in(Duration.ofSeconds(-1));

        assertThat(over.leftMs()).isZero();
        assertThat(over.part(0.5).leftMs()).isZero();
    }

    @Test
    void shouldGiveAPartOfWhatIsLeft() {
        Deadline hour = Deadline.in(Duration.ofHours(1));

        long leftMs = hour.leftMs();
        long partMs = hour.part(0.5).leftMs();

        assertThat(leftMs)
                .isBetween(
                        Duration.ofMinutes(55).toMillis(), Duration.ofHours(1).toMillis());
        assertThat(partMs).isBetween(Duration.ofMinutes(27).toMillis(), leftMs / 2);
    }
}
