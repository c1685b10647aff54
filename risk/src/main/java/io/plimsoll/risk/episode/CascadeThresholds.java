package io.plimsoll.risk.episode;

import io.plimsoll.risk.MicroUsd;

/**
 * When forced volume is an episode.
 *
 * @param floorUsd least forced volume within the window, US dollars, > 0
 * @param multiple how many times its background the volume within the window must be, >= 1
 * @param windowMinutes length of the window, minutes, 1 to 60
 * @param quietMinutes minutes without a busy one after which an episode is over, 1 to 1,440
 * @param backgroundHours whole hours before that the background is taken from, count, 1 to 168
 * @param longestMinutes length at which an episode is cut, minutes, more than quietMinutes
 */
public record CascadeThresholds(
        double floorUsd,
        double multiple,
        int windowMinutes,
        int quietMinutes,
        int backgroundHours,
        int longestMinutes) {

    private static final int DAY_MINUTES = 24 * 60;
    private static final double MOST_USD = 1e12;

    public CascadeThresholds {
        require(floorUsd > 0 && floorUsd <= MOST_USD, "floorUsd", floorUsd, "more than 0, to " + MOST_USD);
        require(multiple >= 1 && multiple <= 1e6, "multiple", multiple, "1 to 1000000");
        require(windowMinutes >= 1 && windowMinutes <= 60, "windowMinutes", windowMinutes, "1 to 60");
        // A window longer than the quiet time would join what a quiet time has parted.
        require(
                quietMinutes >= windowMinutes && quietMinutes <= DAY_MINUTES,
                "quietMinutes",
                quietMinutes,
                windowMinutes + " (windowMinutes) to " + DAY_MINUTES);
        require(backgroundHours >= 1 && backgroundHours <= 168, "backgroundHours", backgroundHours, "1 to 168");
        require(
                longestMinutes > quietMinutes,
                "longestMinutes",
                longestMinutes,
                "more than quietMinutes, " + quietMinutes);
    }

    private static void require(boolean holds, String name, double value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", allowed is " + allowed);
        }
    }

    /** The same with another floor. */
    public CascadeThresholds withFloorUsd(double usd) {
        return new CascadeThresholds(usd, multiple, windowMinutes, quietMinutes, backgroundHours, longestMinutes);
    }

    /** Minutes of history before a minute that decide whether an episode begins in it. */
    public int historyMinutes() {
        return (backgroundHours + 1) * 60 + windowMinutes;
    }

    long floorMicroUsd() {
        return MicroUsd.of(floorUsd);
    }
}
