package io.plimsoll.risk;

/** Prices at one moment. */
public interface Prices {

    /** Price that moves a market's exposures, quote units per base unit; NaN where unknown. */
    double price(String market);

    /** US dollars per unit of a market's quote asset, > 0; 1 where not stated. */
    double quoteUsd(String market);
}
