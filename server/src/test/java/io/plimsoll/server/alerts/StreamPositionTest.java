package io.plimsoll.server.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamPositionTest {

    @Test
    void shouldReadWhatItWrites() {
        StreamPosition position = StreamPosition.start();
        position.advance(3, 7);
        position.advance(0, 12);
        position.advance(0, 11);

        assertThat(position).hasToString("0:12,3:7");
        assertThat(StreamPosition.of("0:12,3:7")).hasToString("0:12,3:7");
        assertThat(position.last(0)).isEqualTo(12);
        assertThat(position.last(1)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "0:", ":1", "0:1,", "0:-1", "a:b", "0:9999999999999999999"})
    void shouldRefuseWhatItNeverWrote(String text) {
        assertThatThrownBy(() -> StreamPosition.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Last-Event-ID is \"" + text + "\", allowed is partition:offset");
    }
}
