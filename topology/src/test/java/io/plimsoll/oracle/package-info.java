/**
 * A second, independent computation of every published number, by brute force from the raw inputs and docs/measures.md
 * alone: what the topology is measured against. It shares no arithmetic with the program.
 */
@NullMarked
package io.plimsoll.oracle;

import org.jspecify.annotations.NullMarked;
