package io.plimsoll.topology.order;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Each second passes once, however the time is cut. */
class SecondDoneTest {

    @Test
    void shouldPassEachWholeSecondOnceHoweverTimeIsCut() {
        assertThat(new SecondDone(1_999, 4_999, true).seconds()).containsExactly(2_999L, 3_999L, 4_999L);
        assertThat(new SecondDone(1_999, 3_500, true).seconds()).containsExactly(2_999L);
        assertThat(new SecondDone(3_500, 4_999, false).seconds()).containsExactly(3_999L, 4_999L);
        assertThat(new SecondDone(3_500, 3_998, false).seconds()).isEmpty();
    }

    @Test
    void shouldPassTheLastSecondAloneAtFirst() {
        assertThat(new SecondDone(-1, 1_767_225_600_999L, true).seconds()).containsExactly(1_767_225_600_999L);
    }
}
