@NullMarked
package io.plimsoll.topology.measures;

import org.jspecify.annotations.NullMarked;
