/** Plimsoll's risk module; the root README says what is in it. */
@NullMarked
package io.plimsoll.risk;

import org.jspecify.annotations.NullMarked;
