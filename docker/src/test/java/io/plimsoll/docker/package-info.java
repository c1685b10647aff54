/** The stack in containers, tested as a whole: docker/README.md says what that proves. */
@NullMarked
package io.plimsoll.docker;

import org.jspecify.annotations.NullMarked;
