/** ACCOUNTS: one slice of accounts per task, reported to the markets as partial books. */
@NullMarked
package io.plimsoll.topology.accounts;

import org.jspecify.annotations.NullMarked;
