package io.plimsoll.topology;

import io.plimsoll.risk.Bands;
import io.plimsoll.risk.MarginCall;
import java.time.Duration;

/**
 * What can be set about single accounts.
 *
 * @param bands how wide the bands are within which an account is not looked at, and where margin-call states begin
 * @param venueLineTolerance relative difference up to which a venue's liquidation price confirms ours
 * @param publish wall-clock time between two records of an account that is near its line and stays in its state
 * @param refreshed most such records of one slice at a time; those left out come first the next time
 */
public record AccountRiskSettings(Bands bands, double venueLineTolerance, Duration publish, int refreshed) {

    /** What is used unless told otherwise. */
    public static final AccountRiskSettings DEFAULT =
            new AccountRiskSettings(new Bands(0.25, MarginCall.Levels.DEFAULT), 0.001, Duration.ofSeconds(1), 100);

    public AccountRiskSettings {
        if (!(venueLineTolerance > 0 && venueLineTolerance < 1)) {
            throw new IllegalArgumentException(
                    "venueLineTolerance is " + venueLineTolerance + ", allowed is more than 0 and less than 1");
        }
        if (refreshed < 1) {
            throw new IllegalArgumentException("refreshed is " + refreshed + ", allowed is 1 or more");
        }
    }
}
