package io.plimsoll.topology;

import java.time.Instant;

/**
 * The beat of the wall clock that a price goes by, the same in all tasks of all instances. Prices are let go on it, and
 * states of markets published: those of the prices that were let go before, so that with processing exactly once one
 * commit shows both. Clocks of their own would ask for two, and leave a price to wait for whatever distance they
 * happened to start at.
 */
public final class Beat {

    /** Whatever goes by the beat does so at whole pauses from here. */
    public static final Instant START = Instant.EPOCH;

    private Beat() {}
}
