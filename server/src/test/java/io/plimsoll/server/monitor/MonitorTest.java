package io.plimsoll.server.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
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
    void shouldGoOnAfterATransactionThatWasLostWithItsBroker() {
        assertThat(Monitor.isRetriable(new StreamsException(new InvalidTxnStateException("no such transaction"))))
                .isTrue();
    }

    @Test
    void shouldStopWhenAnotherHasItsInstanceId() {
        assertThat(Monitor.isRetriable(new StreamsException(new FencedInstanceIdException("plimsoll-0"))))
                .isFalse();
    }

    @Test
    void shouldStopWhenAnInvariantIsBroken() {
        assertThat(Monitor.isRetriable(new StreamsException(new IllegalStateException("sum is not zero"))))
                .isFalse();
        assertThat(Monitor.isRetriable(new StreamsException(new RecordTooLargeException("40 MB"))))
                .isFalse();
    }
}
