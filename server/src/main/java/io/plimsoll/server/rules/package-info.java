/** Alert rules as files, and on their topic. */
@NullMarked
package io.plimsoll.server.rules;

import org.jspecify.annotations.NullMarked;
