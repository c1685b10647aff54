package io.plimsoll.risk.scenario;

import java.util.SortedMap;

/**
 * One round of a scenario.
 *
 * @param round from 0, the shock itself
 * @param accounts accounts that fell in it, count
 * @param pools pools that did
 * @param notionalMicroUsd of these at the prices before the shock, micro-dollars
 * @param flows their forced trades, by market
 * @param low low price of each market that forced trades move in the whole scenario, quote units
 * @param high high price of the same
 */
public record RoundStep(
        int round,
        long accounts,
        long pools,
        long notionalMicroUsd,
        SortedMap<String, MarketFlow> flows,
        SortedMap<String, Double> low,
        SortedMap<String, Double> high) {}
