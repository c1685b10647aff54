/**
 * Who has to be looked at again after a price tick, at a cost that does not grow with the number of accounts.
 *
 * <p><b>Certificate.</b> Let an account's margin be {@code g(p) = K + sum c_i p_i}, liquidatable where {@code g < 0}.
 * Evaluated at prices p, with {@code D = sum |c_i| p_i}, it gets the relative band {@code b = theta |g| / D} around the
 * price of each of its instruments, {@code 0 < theta <= 1}. As long as no band is left,
 *
 * <pre>|g(p') - g(p)| &lt;= sum |c_i| |p'_i - p_i| &lt; sum |c_i| p_i b = theta |g(p)|</pre>
 *
 * so g keeps its sign. Bands are held against the present price on each tick, so this is true for any path and any size
 * of jump: no account that crosses its line is missed on the tick that takes it across. It holds up to the rounding of g
 * itself (some 1e-16 of D). A concave g (tiered maintenance) is the least of several linear pieces: the band must then
 * hold for each piece that could become the least; a step in g needs a threshold of its own at the price of the step.
 *
 * <p><b>Error.</b> What was computed at the last look differs from the present by at most {@code theta |g|} in margin.
 * An instrument's liquidation price {@code L_i = p_i - g / c_i} is not changed by its own price; the others move it by at
 * most theta times the distance {@code |g / c_i|} that was left. An account with one instrument has the exact line
 * {@code -K / c}: one threshold, no error, looked at only when the line is crossed.
 *
 * <p><b>Cost.</b> A price leaves a band of width b after about {@code (b / sigma)^2} ticks, sigma being the price's
 * volatility per tick. The looks per tick are therefore about {@code sum (sigma_a / (theta d_a))^2} over the accounts, d
 * being the relative distance {@code |g| / D}: they depend on how many accounts are near their line, not on how many
 * there are. Each look costs some pushes and pops of {@code log n}: more than to evaluate a small account, so the index
 * pays while few of many are looked at. The worst case is a crash in which all bands are left at once: then one pass over
 * the thresholds of the market, without sorting. A wider theta means fewer looks and a larger error, nothing else.
 */
@NullMarked
package io.plimsoll.risk.watch;

import org.jspecify.annotations.NullMarked;
