/** Avro contracts, serdes and the catalogue of topics: all that a reader or writer of Plimsoll's topics needs. */
@NullMarked
package io.plimsoll.schemas;

import org.jspecify.annotations.NullMarked;
