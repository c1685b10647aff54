package io.plimsoll.topology;

import java.time.Duration;
import java.time.Instant;

/**
 * The beat of the wall clock that a price goes by, the same in all tasks of all instances: prices are let go on the beat, and
 * states of markets are published when those prices have come. Clocks of their own would leave a price to wait for whatever
 * distance they happened to start at.
 */
public final class Beat {

    /** Prices are let go at whole pauses from here. */
    public static final Instant OF_PRICES = Instant.EPOCH;

    /** What a commit takes, and the way through the broker, several times; it does not depend on the pauses. */
    private static final Duration ON_THE_WAY = Duration.ofMillis(25);

    /** States are published at whole pauses from here. */
    public static final Instant OF_STATES = OF_PRICES.plus(ON_THE_WAY);

    private Beat() {}
}
