/** What it costs to hold leverage, and how long it can be paid for. */
@NullMarked
package io.plimsoll.risk.carry;

import org.jspecify.annotations.NullMarked;
