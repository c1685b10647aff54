package io.plimsoll.risk.option;

/**
 * What hedging would have traded once all forwards have moved by a shock, volatilities staying with their strikes.
 *
 * @param shock change of the price, fraction
 * @param grossFlow what whoever is long all contracts has to sell in a rise, and to buy in a fall, base units, >= 0. A
 *     bound: whoever holds which contract, hedgers trade no more than this
 * @param dealerFlow what dealers long calls and short puts trade, base units: positive buys, negative sells
 * @param effectiveLeverage delta-equivalent notional over what all contracts are worth, by the model; NaN: they are
 *     worth nothing
 */
public record HedgePoint(double shock, double grossFlow, double dealerFlow, double effectiveLeverage) {}
