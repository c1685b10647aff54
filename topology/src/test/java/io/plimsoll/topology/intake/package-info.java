@NullMarked
package io.plimsoll.topology.intake;

import org.jspecify.annotations.NullMarked;
