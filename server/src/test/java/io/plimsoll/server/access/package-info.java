@NullMarked
package io.plimsoll.server.access;

import org.jspecify.annotations.NullMarked;
