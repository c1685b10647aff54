/** CASCADES: liquidations by minute, and the episodes found in them, of each market and of the whole. */
@NullMarked
package io.plimsoll.topology.episodes;

import org.jspecify.annotations.NullMarked;
