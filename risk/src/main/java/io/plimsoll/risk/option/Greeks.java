package io.plimsoll.risk.option;

/**
 * Value and sensitivities of a long option on one base unit.
 *
 * @param value units of the strike (US dollars), >= 0
 * @param delta base units: what value gains per unit that the forward gains, -1 to 1; negative of puts
 * @param gamma what delta gains per unit that the forward gains, >= 0
 * @param vega what value gains per 1.00 of volatility, >= 0
 * @param vanna what delta gains per 1.00 of volatility; above 0 where a call is out of the money
 * @param volga what vega gains per 1.00 of volatility
 */
public record Greeks(double value, double delta, double gamma, double vega, double vanna, double volga) {}
