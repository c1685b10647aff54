@NullMarked
package io.plimsoll.risk.distribution;

import org.jspecify.annotations.NullMarked;
