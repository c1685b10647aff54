/** Scenarios over all slices of accounts: one slice coordinates, all judge their own accounts, round by round. */
@NullMarked
package io.plimsoll.topology.scenarios;

import org.jspecify.annotations.NullMarked;
