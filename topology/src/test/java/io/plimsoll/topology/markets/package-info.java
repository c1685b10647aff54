@NullMarked
package io.plimsoll.topology.markets;

import org.jspecify.annotations.NullMarked;
