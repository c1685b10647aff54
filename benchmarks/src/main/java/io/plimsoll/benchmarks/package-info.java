/** Measures the monitor on a real broker in the same JVM: {@code ./plimsoll bench}. */
@NullMarked
package io.plimsoll.benchmarks;

import org.jspecify.annotations.NullMarked;
