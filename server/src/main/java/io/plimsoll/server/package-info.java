/** Plimsoll's server module; the root README says what is in it. */
@NullMarked
package io.plimsoll.server;

import org.jspecify.annotations.NullMarked;
