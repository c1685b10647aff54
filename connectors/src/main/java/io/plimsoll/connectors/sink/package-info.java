/** What sink connectors of others need to take our records. */
@NullMarked
package io.plimsoll.connectors.sink;

import org.jspecify.annotations.NullMarked;
