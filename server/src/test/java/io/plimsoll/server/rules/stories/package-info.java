/** Each default rule's story, told to the whole topology: what fires it, and what does not. */
@NullMarked
package io.plimsoll.server.rules.stories;

import org.jspecify.annotations.NullMarked;
