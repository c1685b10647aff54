/**
 * How far prices swing, and what that does to those who are leveraged: realised volatility, the leverage effect, the chance that a
 * line is reached, and what equity may lose.
 */
@NullMarked
package io.plimsoll.risk.volatility;

import org.jspecify.annotations.NullMarked;
