/** Rules over observed metrics, and the episodes of alerts that follow from them. */
@NullMarked
package io.plimsoll.risk.alert;

import org.jspecify.annotations.NullMarked;
