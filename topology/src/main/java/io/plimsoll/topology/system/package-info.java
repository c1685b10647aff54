/** SYSTEM: adds markets up into venues, assets and the whole. */
@NullMarked
package io.plimsoll.topology.system;

import org.jspecify.annotations.NullMarked;
