/** A worker of Kafka Connect in this JVM, and the connectors that it runs. */
@NullMarked
package io.plimsoll.server.connect;

import org.jspecify.annotations.NullMarked;
