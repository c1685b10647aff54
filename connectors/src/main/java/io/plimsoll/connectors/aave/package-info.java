/** Loans of Aave v3, through its subgraph, as records of the input topics. */
@NullMarked
package io.plimsoll.connectors.aave;

import org.jspecify.annotations.NullMarked;
