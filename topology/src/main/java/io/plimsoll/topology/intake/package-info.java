/** Reads the input topics: checks each record, routes it on, or gives the reason why it cannot be used. */
@NullMarked
package io.plimsoll.topology.intake;

import org.jspecify.annotations.NullMarked;
