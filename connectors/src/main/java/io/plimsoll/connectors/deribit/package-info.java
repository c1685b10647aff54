/** Deribit's public feed as records of the input topics. */
@NullMarked
package io.plimsoll.connectors.deribit;

import org.jspecify.annotations.NullMarked;
