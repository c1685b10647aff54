/** The Kafka Streams topologies: ACCOUNTS, MARKETS, SYSTEM, windows. {@code MonitorTopology} puts them together. */
@NullMarked
package io.plimsoll.topology;

import org.jspecify.annotations.NullMarked;
