package io.plimsoll.connectors.sim;

import io.plimsoll.schemas.avro.Liquidation;
import io.plimsoll.schemas.avro.LiquidationPriceKind;
import io.plimsoll.schemas.avro.PositionSide;

/**
 * A forced closing, or a part of one.
 *
 * @param number counted from the venue's beginning
 * @param lots lots of the position that were closed, signed as it was
 * @param price price they were closed at
 */
record SimLiquidation(long number, SimAccount account, SimMarket market, long lots, double price) {

    Liquidation toRecord() {
        String id = "L" + number;
        return new Liquidation(
                ListedInstrument.VENUE,
                market.instrument.symbol(),
                lots > 0 ? PositionSide.LONG : PositionSide.SHORT,
                Math.abs(lots) / market.lotsPerUnit,
                price,
                LiquidationPriceKind.FILL,
                false,
                account.name,
                id,
                id,
                null,
                1.0);
    }
}
