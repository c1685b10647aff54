/** The command line. */
@NullMarked
package io.plimsoll.server.cli;

import org.jspecify.annotations.NullMarked;
