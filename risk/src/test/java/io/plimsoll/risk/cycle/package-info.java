@NullMarked
package io.plimsoll.risk.cycle;

import org.jspecify.annotations.NullMarked;
