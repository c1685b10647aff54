/**
 * How leverage and sizes are spread over a market's positions, from histograms that are added to, taken from and merged as
 * integers. What a histogram cannot tell is bounded beside each measure.
 */
@NullMarked
package io.plimsoll.risk.distribution;

import org.jspecify.annotations.NullMarked;
