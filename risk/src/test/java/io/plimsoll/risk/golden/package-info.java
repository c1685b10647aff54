/** Numbers that venues, or others, worked out: the formulas must give them to the digits shown. */
@NullMarked
package io.plimsoll.risk.golden;

import org.jspecify.annotations.NullMarked;
