/**
 * What leverage rests on: which coins back it, what is borrowed against what, and how much is borrowed against itself.
 *
 * <p>Sums of whole micro-dollars, each a function of one account and the prices it was looked at with: neither the order nor
 * the slices matter.
 */
@NullMarked
package io.plimsoll.risk.dependence;

import org.jspecify.annotations.NullMarked;
