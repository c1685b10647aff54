/** CSV files of any layout onto the input topics, by a mapping in YAML. */
@NullMarked
package io.plimsoll.connectors.csv;

import org.jspecify.annotations.NullMarked;
