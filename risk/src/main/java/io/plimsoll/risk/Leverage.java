package io.plimsoll.risk;

import org.jspecify.annotations.Nullable;

/**
 * Aggregate leverage: the sum of notionals over the sum of equities. A mean of single leverages would not add up across
 * accounts, and would be ruled by whoever has almost no equity.
 */
public final class Leverage {

    private Leverage() {}

    /** Notional / equity, a ratio above 0; null where there is no notional, or equity is not above 0. */
    public static @Nullable Double of(long notionalMicroUsd, long equityMicroUsd) {
        return notionalMicroUsd == 0 || equityMicroUsd <= 0
                ? null
                : (Double) ((double) notionalMicroUsd / (double) equityMicroUsd);
    }

    /** (L - S) / (L + S), -1 to 1; positive: longs are more leveraged. Null where one of them is. */
    public static @Nullable Double skew(@Nullable Double longs, @Nullable Double shorts) {
        return longs == null || shorts == null ? null : (Double) ((longs - shorts) / (longs + shorts));
    }

    /** ln(L / S). Null where one of them is. */
    public static @Nullable Double logRatio(@Nullable Double longs, @Nullable Double shorts) {
        return longs == null || shorts == null ? null : (Double) StrictMath.log(longs / shorts);
    }
}
