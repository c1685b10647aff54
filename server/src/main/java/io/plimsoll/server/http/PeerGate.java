package io.plimsoll.server.http;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How often one other instance may be asked: so many times at once, and while it hangs only one request at a time, after a
 * pause. So the threads that wait for it stay few, however many requests come in.
 */
final class PeerGate {

    private final int most;
    private final long pauseNs;
    private final LongSupplier nanoTime;
    private int inside;
    private boolean hung;
    private boolean probing;
    private long askAgainNs;

    /**
     * A gate that is open.
     *
     * @param most requests at once
     * @param pause after it did not answer in time
     */
    PeerGate(int most, Duration pause, LongSupplier nanoTime) {
        this.most = most;
        this.pauseNs = pause.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Lets a request through, which has to {@link #leave}; or says why not. */
    synchronized @Nullable Trouble enter() {
        if (hung) {
            if (probing || nanoTime.getAsLong() - askAgainNs < 0) {
                return Trouble.NOT_ASKED;
            }
            probing = true;
        } else if (inside >= most) {
            return Trouble.BUSY;
        }
        inside++;
        return null;
    }

    /** A request has ended: in time or not. */
    synchronized void leave(boolean inTime) {
        inside--;
        probing = false;
        hung = !inTime;
        if (hung) {
            askAgainNs = nanoTime.getAsLong() + pauseNs;
        }
    }

    /** Requests that wait at present. */
    synchronized int inside() {
        return inside;
    }
}
