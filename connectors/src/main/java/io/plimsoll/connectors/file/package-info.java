/** Recordings and CSV files as a feed: from a folder, as they come and grow. */
@NullMarked
package io.plimsoll.connectors.file;

import org.jspecify.annotations.NullMarked;
