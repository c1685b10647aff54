/** Kafka and a schema registry in this JVM. The only package that sees the broker's internals. */
@NullMarked
package io.plimsoll.server.embedded;

import org.jspecify.annotations.NullMarked;
