/**
 * MEASURES: what takes longer to measure in a market, and moves more slowly, than its state. Stands behind the markets, in
 * their task; one class per group of measures.
 */
@NullMarked
package io.plimsoll.topology.measures;

import org.jspecify.annotations.NullMarked;
