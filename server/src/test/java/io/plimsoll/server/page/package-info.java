/** The page in a real browser, over the running demo. */
@NullMarked
package io.plimsoll.server.page;

import org.jspecify.annotations.NullMarked;
