/** Who asks over HTTP, what he may do, and under which names he sees accounts. */
@NullMarked
package io.plimsoll.server.access;

import org.jspecify.annotations.NullMarked;
