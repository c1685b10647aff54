/** What options add: their greeks by underlying. */
@NullMarked
package io.plimsoll.topology.options;

import org.jspecify.annotations.NullMarked;
