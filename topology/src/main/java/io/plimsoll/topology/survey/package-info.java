/** SURVEY: what all accounts together would do; common shocks and contagion. */
@NullMarked
package io.plimsoll.topology.survey;

import org.jspecify.annotations.NullMarked;
