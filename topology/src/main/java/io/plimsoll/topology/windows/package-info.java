/** Windows of event time over samples of a subject's metrics. */
@NullMarked
package io.plimsoll.topology.windows;

import org.jspecify.annotations.NullMarked;
