/** CASCADES: liquidations by minute, their volume lately, and the episodes found in them, of each market and of the whole. */
@NullMarked
package io.plimsoll.topology.episodes;

import org.jspecify.annotations.NullMarked;
