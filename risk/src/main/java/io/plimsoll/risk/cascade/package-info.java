/** Where the price of a market comes to rest after a shock, when whoever is liquidated on the way pushes it further. */
@NullMarked
package io.plimsoll.risk.cascade;

import org.jspecify.annotations.NullMarked;
