package io.plimsoll.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class ReplayMarkTest {

    @Test
    void shouldBeReadAsItWasWritten() {
        ReplayMark mark = new ReplayMark(1_767_225_600_999L, 4);
        RecordHeaders headers = new RecordHeaders();
        headers.add(mark.header());

        assertThat(ReplayMark.of(ReplayMark.key(), headers)).isEqualTo(mark);
    }

    @Test
    void shouldNotBeSeenInOtherRecords() {
        RecordHeaders headers = new RecordHeaders();
        headers.add(new ReplayMark(ReplayMark.BEGIN, 1).header());

        assertThat(ReplayMark.of("v:BTC".getBytes(StandardCharsets.UTF_8), headers))
                .isNull();
        assertThat(ReplayMark.of(null, headers)).isNull();
        assertThat(ReplayMark.of(ReplayMark.key(), new RecordHeaders())).isNull();
        assertThat(ReplayMark.of(
                        ReplayMark.key(), new RecordHeaders().add("plimsoll-replay-mark", new byte[] {1, 2, 3})))
                .isNull();
    }

    @Test
    void shouldRefuseWhatMeansNothing() {
        assertThatThrownBy(() -> new ReplayMark(-2, 1)).hasMessage("upToMs is -2, allowed is -1 or more");
        assertThatThrownBy(() -> new ReplayMark(0, 0)).hasMessage("partitions is 0, allowed is 1 or more");
    }
}
