/** The HTTP interface: JSON, health, metrics and the page, read from the state stores of all instances. */
@NullMarked
package io.plimsoll.server.http;

import org.jspecify.annotations.NullMarked;
