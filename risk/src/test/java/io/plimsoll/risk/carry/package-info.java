@NullMarked
package io.plimsoll.risk.carry;

import org.jspecify.annotations.NullMarked;
