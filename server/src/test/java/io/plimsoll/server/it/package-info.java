/** The whole monitor on a real broker: numbers against the oracle, crashes, bad input, recorded positions. */
@NullMarked
package io.plimsoll.server.it;

import org.jspecify.annotations.NullMarked;
