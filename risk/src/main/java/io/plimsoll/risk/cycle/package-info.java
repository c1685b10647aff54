/**
 * Where a market stands in its leverage cycle: building up, crowded, deleveraging, under repair.
 */
@NullMarked
package io.plimsoll.risk.cycle;

import org.jspecify.annotations.NullMarked;
