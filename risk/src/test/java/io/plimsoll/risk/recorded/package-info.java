/** What venues and others recorded: formulas must give their numbers. Skipped where the recordings are absent. */
@NullMarked
package io.plimsoll.risk.recorded;

import org.jspecify.annotations.NullMarked;
