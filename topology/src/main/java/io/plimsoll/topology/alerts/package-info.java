/** Alerts: what rules may ask about, and how it is read from the published records. */
@NullMarked
package io.plimsoll.topology.alerts;

import org.jspecify.annotations.NullMarked;
