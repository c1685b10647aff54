package io.plimsoll.connectors.feed;

/**
 * Tells when to ping and when a silent connection is to be given up: one that was cut without a word looks open.
 */
public final class Heartbeat {

    private final long pingEveryMs;
    private final long silentMs;

    private long pingedMs;
    private long heardMs;

    /** @param silentMs how long nothing at all may come, the answer to a ping included; longer than between pings */
    public Heartbeat(long pingEveryMs, long silentMs) {
        if (pingEveryMs <= 0 || silentMs <= pingEveryMs) {
            throw new IllegalArgumentException(
                    "pings every " + pingEveryMs + " ms, given up after " + silentMs + " ms of silence");
        }
        this.pingEveryMs = pingEveryMs;
        this.silentMs = silentMs;
    }

    /** A connection has opened. */
    public void start(long nowMs) {
        pingedMs = nowMs;
        heardMs = nowMs;
    }

    /** Something has come. */
    public void heard(long nowMs) {
        heardMs = nowMs;
    }

    /** True once for each ping that is due. */
    public boolean pingDue(long nowMs) {
        if (nowMs - pingedMs < pingEveryMs) {
            return false;
        }
        pingedMs = nowMs;
        return true;
    }

    /** Whether the connection has been silent for too long. */
    public boolean isSilent(long nowMs) {
        return nowMs - heardMs >= silentMs;
    }

    /** When something last came, epoch milliseconds. */
    public long heardMs() {
        return heardMs;
    }
}
