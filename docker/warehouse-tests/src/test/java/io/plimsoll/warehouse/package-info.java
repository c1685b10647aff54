/** The warehouse feeds from end to end: monitor, Kafka, Kafka Connect in a process of its own, PostgreSQL, Iceberg. */
@NullMarked
package io.plimsoll.warehouse;

import org.jspecify.annotations.NullMarked;
