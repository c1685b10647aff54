package io.plimsoll.topology.windows;

import org.jspecify.annotations.Nullable;

/**
 * A subject's metrics at one moment.
 *
 * @param asOfMs event time, epoch milliseconds
 * @param stalenessMs age of the oldest input, milliseconds
 * @param coverageLong observed share of the long side; null where not known
 * @param coverageShort observed share of the short side; null where not known
 * @param values one per metric, NaN where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // numbers in passing, never compared
public record Sample(
        long asOfMs,
        long stalenessMs,
        @Nullable Double coverageLong,
        @Nullable Double coverageShort,
        double[] values) {}
