/**
 * What the feeds of all venues share: connections, budgets, snapshots and deltas, status, and their place in Kafka
 * Connect.
 */
@NullMarked
package io.plimsoll.connectors.feed;

import org.jspecify.annotations.NullMarked;
