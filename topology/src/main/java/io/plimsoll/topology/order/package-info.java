/** Event-time order of replays: records of several writers, put in the order in which they happened. */
@NullMarked
package io.plimsoll.topology.order;

import org.jspecify.annotations.NullMarked;
