/** Hyperliquid's public feed as records of the input topics. */
@NullMarked
package io.plimsoll.connectors.hyperliquid;

import org.jspecify.annotations.NullMarked;
