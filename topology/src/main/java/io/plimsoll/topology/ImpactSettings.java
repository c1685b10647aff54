package io.plimsoll.topology;

import io.plimsoll.risk.depth.DepthHistory;
import java.time.Duration;

/**
 * What can be set about the impact of forced trades.
 *
 * @param depthStale event time after which depth is not used any more
 * @param depthFrozen event time for which a band's quantity may stay the same while the price moves by 0.1 %
 * @param dailyVolatility standard deviation of a day's change of ln(price) in the square-root law, which stands in where
 *     there is no depth; above 0 and at most 1
 * @param strategies whether cascades are computed with funds that go back to a leverage as well
 */
public record ImpactSettings(Duration depthStale, Duration depthFrozen, double dailyVolatility, boolean strategies) {

    /** What is used unless told otherwise. */
    public static final ImpactSettings DEFAULT =
            new ImpactSettings(Duration.ofSeconds(60), Duration.ofSeconds(60), 0.04, true);

    public ImpactSettings {
        if (!(dailyVolatility > 0 && dailyVolatility <= 1)) {
            throw new IllegalArgumentException(
                    "dailyVolatility is " + dailyVolatility + ", allowed is more than 0 and at most 1");
        }
    }

    /** When depth is not believed. */
    public DepthHistory.Limits depthLimits() {
        return new DepthHistory.Limits(
                depthStale.toMillis(), depthFrozen.toMillis(), DepthHistory.Limits.DEFAULT.frozenMove());
    }
}
