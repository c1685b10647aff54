package io.plimsoll.risk.cycle;

/**
 * A market at the beginning of an hour, as markets are added up for their common leverage cycle. NaN where not known.
 *
 * @param hour hours since the epoch
 * @param size observed open interest in what the contract's size is fixed in: base units, inverse quote units, >= 0
 * @param venueSize the same of the venue's own
 * @param priceUsd US dollars for one of these, > 0
 * @param longNotionalMicroUsd micro-dollars, >= 0
 * @param shortNotionalMicroUsd micro-dollars, >= 0
 * @param longEquityMicroUsd micro-dollars; may be negative
 * @param shortEquityMicroUsd micro-dollars; may be negative
 * @param basis mark over index less 1
 * @param funding fraction of notional per 8 hours
 * @param depthUsd within 1 %, USD
 * @param forcedUsd forced volume of the hour before, USD
 */
public record MarketAtHour(
        long hour,
        double size,
        double venueSize,
        double priceUsd,
        long longNotionalMicroUsd,
        long shortNotionalMicroUsd,
        long longEquityMicroUsd,
        long shortEquityMicroUsd,
        double basis,
        double funding,
        double depthUsd,
        double forcedUsd) {

    /** The venue's open interest where it is known, else the observed, USD. */
    double openInterestUsd() {
        return (Double.isNaN(venueSize) ? size : venueSize) * priceUsd;
    }
}
