/** A market simulator: a closed venue named {@code sim} whose records are those of a real one. */
@NullMarked
package io.plimsoll.connectors.sim;

import org.jspecify.annotations.NullMarked;
