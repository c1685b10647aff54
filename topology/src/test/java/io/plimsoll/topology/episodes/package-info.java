@NullMarked
package io.plimsoll.topology.episodes;

import org.jspecify.annotations.NullMarked;
