/**
 * Margin, ladders and measures: plain, stateless or single-threaded Java without I/O or clock.
 *
 * <p>Whatever is summed is an integer: sizes are lots, money is millionths of a US dollar. Doubles are for prices and
 * ratios. The definitions are in {@code docs/measures.md}.
 */
@NullMarked
package io.plimsoll.risk;

import org.jspecify.annotations.NullMarked;
