/**
 * What leverage rests on and what it earns: own and borrowed money, profit by cohort, caps.
 */
@NullMarked
package io.plimsoll.risk.efficiency;

import org.jspecify.annotations.NullMarked;
