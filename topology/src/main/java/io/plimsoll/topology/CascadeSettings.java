package io.plimsoll.topology;

import io.plimsoll.risk.episode.CascadeThresholds;
import java.time.Duration;

/**
 * What can be set about observed cascades.
 *
 * @param thresholds when forced volume is an episode of a market
 * @param systemFloorUsd the floor for all markets together, US dollars
 * @param memory event time for which late liquidations are still counted, and ids of trades are kept; an episode is cut
 *     at half of it
 */
public record CascadeSettings(CascadeThresholds thresholds, double systemFloorUsd, Duration memory) {

    private static final double FLOOR_USD = 1e6;
    private static final double SYSTEM_FLOOR_USD = 5e6;
    private static final double MULTIPLE = 10;
    private static final int BACKGROUND_HOURS = 24;

    /** What is used unless told otherwise. */
    public static final CascadeSettings DEFAULT = of(
            FLOOR_USD, SYSTEM_FLOOR_USD, MULTIPLE, Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofHours(12));

    /**
     * Settings as they are written.
     *
     * @param window length of the window, whole minutes
     * @param quiet time without a busy minute after which an episode is over, whole minutes
     * @throws IllegalArgumentException where one is not allowed
     */
    public static CascadeSettings of(
            double floorUsd, double systemFloorUsd, double multiple, Duration window, Duration quiet, Duration memory) {
        CascadeThresholds thresholds = new CascadeThresholds(
                floorUsd,
                multiple,
                wholeMinutes("window", window),
                wholeMinutes("quiet", quiet),
                BACKGROUND_HOURS,
                wholeMinutes("memory", memory) / 2);
        return new CascadeSettings(thresholds, systemFloorUsd, memory);
    }

    public CascadeSettings {
        thresholds.withFloorUsd(systemFloorUsd);
    }

    private static int wholeMinutes(String name, Duration duration) {
        long minutes = duration.toMinutes();
        if (minutes < 1 || minutes > Integer.MAX_VALUE || !duration.equals(Duration.ofMinutes(minutes))) {
            throw new IllegalArgumentException(name + " is " + duration + ", allowed are whole minutes, 1 or more");
        }
        return (int) minutes;
    }

    /** When all markets' forced volume is an episode of the system. */
    public CascadeThresholds systemThresholds() {
        return thresholds.withFloorUsd(systemFloorUsd);
    }
}
