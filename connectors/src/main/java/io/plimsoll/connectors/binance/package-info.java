/** Binance's public futures feeds, USD-M and COIN-M, as records of the input topics. */
@NullMarked
package io.plimsoll.connectors.binance;

import org.jspecify.annotations.NullMarked;
