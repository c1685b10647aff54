/** MARKETS: merges the books of all slices, meets the quote, publishes states, ladders and samples. */
@NullMarked
package io.plimsoll.topology.markets;

import org.jspecify.annotations.NullMarked;
