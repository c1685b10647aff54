/** OKX's public feed, version 5: swaps and futures. */
@NullMarked
package io.plimsoll.connectors.okx;

import org.jspecify.annotations.NullMarked;
