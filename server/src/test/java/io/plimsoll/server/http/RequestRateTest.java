package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestRateTest {

    @Test
    void shouldCountEachClientAndEachSecondByItself() {
        RequestRate rate = new RequestRate(2);

        assertThat(rate.takes("a", 1_000)).isTrue();
        assertThat(rate.takes("a", 1_500)).isTrue();
        assertThat(rate.takes("a", 1_999)).isFalse();
        assertThat(rate.takes("b", 1_999)).isTrue();
        assertThat(rate.takes("a", 2_000)).isTrue();
    }
}
