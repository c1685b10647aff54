/** What is known of the depth of order books from the reports so far, and kept over a restart. */
@NullMarked
package io.plimsoll.topology.depth;

import org.jspecify.annotations.NullMarked;
