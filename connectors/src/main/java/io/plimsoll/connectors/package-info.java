/** Plimsoll's connectors module; the root README says what is in it. */
@NullMarked
package io.plimsoll.connectors;

import org.jspecify.annotations.NullMarked;
