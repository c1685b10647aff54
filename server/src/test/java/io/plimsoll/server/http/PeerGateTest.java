package io.plimsoll.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PeerGateTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5);
    private final PeerGate gate = new PeerGate(2, PAUSE, nowNs::get);

    @Test
    void shouldLetSoManyInAtOnce() {
        assertThat(gate.enter()).isNull();
        assertThat(gate.enter()).isNull();
        assertThat(gate.enter()).isEqualTo(Trouble.BUSY);

        gate.leave(true);

        assertThat(gate.enter()).isNull();
        assertThat(gate.inside()).isEqualTo(2);
    }

    @Test
    void shouldTryOneAtATimeAfterAPauseUntilOneComesBack() {
        gate.enter();
        gate.leave(false);

        assertThat(gate.enter()).isEqualTo(Trouble.NOT_ASKED);
        nowNs.addAndGet(PAUSE.toNanos());
        assertThat(gate.enter()).describedAs("one tries").isNull();
        assertThat(gate.enter()).describedAs("while it tries").isEqualTo(Trouble.NOT_ASKED);
        gate.leave(false);
        assertThat(gate.enter()).describedAs("in vain").isEqualTo(Trouble.NOT_ASKED);

        nowNs.addAndGet(PAUSE.toNanos());
        gate.enter();
        gate.leave(true);

        assertThat(gate.enter()).isNull();
        assertThat(gate.enter()).isNull();
    }
}
