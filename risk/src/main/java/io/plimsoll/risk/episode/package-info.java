/**
 * Observed cascades: episodes in what was forced to trade, minute by minute. Everything here is coincident: it says that a
 * cascade is on or was, never that one is coming.
 */
@NullMarked
package io.plimsoll.risk.episode;

import org.jspecify.annotations.NullMarked;
