@NullMarked
package io.plimsoll.risk.efficiency;

import org.jspecify.annotations.NullMarked;
