/** Bybit's public feed, version 5: linear and inverse contracts. */
@NullMarked
package io.plimsoll.connectors.bybit;

import org.jspecify.annotations.NullMarked;
