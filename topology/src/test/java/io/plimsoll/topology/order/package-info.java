@NullMarked
package io.plimsoll.topology.order;

import org.jspecify.annotations.NullMarked;
