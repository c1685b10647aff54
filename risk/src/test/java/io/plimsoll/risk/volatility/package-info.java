@NullMarked
package io.plimsoll.risk.volatility;

import org.jspecify.annotations.NullMarked;
