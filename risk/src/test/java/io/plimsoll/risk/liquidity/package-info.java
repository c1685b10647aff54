@NullMarked
package io.plimsoll.risk.liquidity;

import org.jspecify.annotations.NullMarked;
