@NullMarked
package io.plimsoll.risk.alert;

import org.jspecify.annotations.NullMarked;
