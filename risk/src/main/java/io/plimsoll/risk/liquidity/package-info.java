/**
 * Whether the book could take what would be forced on it, and how it recovers.
 */
@NullMarked
package io.plimsoll.risk.liquidity;

import org.jspecify.annotations.NullMarked;
