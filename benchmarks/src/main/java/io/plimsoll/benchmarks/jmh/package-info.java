/** JMH benchmarks of what is called most: {@code ./plimsoll bench jmh}. */
@NullMarked
package io.plimsoll.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
