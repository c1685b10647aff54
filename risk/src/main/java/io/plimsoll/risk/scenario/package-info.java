/**
 * What a shock sets off among accounts that share collateral across markets, in exact rounds: prices fall, whoever is
 * past his line is closed, that moves prices, and so on until nobody new falls.
 *
 * <p>Accounts are split into slices. In each round every slice gets the {@linkplain io.plimsoll.risk.scenario.PricePath
 * prices of all rounds so far} and answers with {@linkplain io.plimsoll.risk.scenario.SliceAnswer whole numbers}; their
 * sum gives the next prices ({@link io.plimsoll.risk.scenario.ScenarioRun}). An answer is a pure function of accounts and
 * path, and whole numbers add up in any order, so the result does not depend on how accounts are split.
 *
 * <p>The definitions are in {@code docs/measures.md}.
 */
@NullMarked
package io.plimsoll.risk.scenario;

import org.jspecify.annotations.NullMarked;
