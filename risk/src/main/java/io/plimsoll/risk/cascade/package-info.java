/**
 * Where the price of one market comes to rest after a shock, when whoever is liquidated on the way pushes it further.
 *
 * <p><b>Coordinate.</b> Everything is in a coordinate y in which the shock falls: ln(price) for falls, -ln(price) for
 * rises ({@link io.plimsoll.risk.cascade.Direction}). Let F(y) be the forced volume that is triggered at y or before,
 * J(V) the move that selling V causes, and {@code h(y) = y + J(F(y))}.
 *
 * <p><b>Rest.</b> When something from outside brings the price to p, it goes on while h(x) > p, and rests at the first x
 * with h(x) <= p: the greatest fixed point of {@code x = p - J(F(x))} at or below p. Who is liquidated does not depend on
 * the order. (Monotone iteration; Tarski.)
 *
 * <p><b>All shocks at once.</b> A y can be a resting place only where h falls below all its values before. These records
 * make at most one piece per bucket; between two pieces the resting place jumps: a
 * {@linkplain io.plimsoll.risk.cascade.TippingPoint tipping point}. So one pass over the ladder gives the whole curve
 * ({@link io.plimsoll.risk.cascade.Sweep}), and any shock is a binary search in it.
 *
 * <p><b>Bracket.</b> A bucket says between which two prices its triggers lie, not where. The sweep with all of them at the
 * edge reached first, and the one with all at the edge reached last, enclose the truth, and each is at most the exact
 * curve moved by one bucket ({@link io.plimsoll.risk.cascade.CascadeBracket}).
 *
 * <p>Not in it: positions taken over or closed against others instead of sold (the sweep is then a worst case), volume
 * that flows back, and time.
 */
@NullMarked
package io.plimsoll.risk.cascade;

import org.jspecify.annotations.NullMarked;
