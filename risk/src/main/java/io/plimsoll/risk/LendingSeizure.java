package io.plimsoll.risk;

/**
 * What a liquidation of a lending account moves.
 *
 * @param repaid units of the debt asset that are repaid, >= 0
 * @param seized units of collateral that the account loses, >= 0
 * @param protocolFee units of the seized that the protocol keeps, 0 to seized; the liquidator gets the rest
 */
public record LendingSeizure(double repaid, double seized, double protocolFee) {}
