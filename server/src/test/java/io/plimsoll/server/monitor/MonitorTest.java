package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class MonitorTest {

    @Test
    void shouldGoOnAfterWhatGoesAwayByItself() {
        assertThat(Monitor.isRetriable(new StreamsException(new NotLeaderOrFollowerException("moved"))))
                .isTrue();
    }

    @Test
    void shouldStopWhenAnInvariantIsBroken() {
        assertThat(Monitor.isRetriable(new StreamsException(new IllegalStateException("sum is not zero"))))
                .isFalse();
        assertThat(Monitor.isRetriable(new StreamsException(new RecordTooLargeException("40 MB"))))
                .isFalse();
    }
}
