/** The feed of dYdX v4's indexer as records of the input topics. */
@NullMarked
package io.plimsoll.connectors.dydx;

import org.jspecify.annotations.NullMarked;
