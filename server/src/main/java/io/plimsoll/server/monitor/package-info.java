/** Runs the topology on a Kafka: topics, registry client, Kafka Streams. */
@NullMarked
package io.plimsoll.server.monitor;

import org.jspecify.annotations.NullMarked;
