/**
 * What options add: greeks of all open contracts of an underlying, and what hedging them would trade as the price moves.
 *
 * <p>Nobody reports who is long and who is short. So every sum is given gross, as if one side held all contracts, and under
 * a convention that is named: dealers long calls and short puts.
 */
@NullMarked
package io.plimsoll.risk.option;

import org.jspecify.annotations.NullMarked;
