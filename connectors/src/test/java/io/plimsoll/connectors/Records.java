package io.plimsoll.connectors;

import io.plimsoll.schemas.avro.Collateral;
import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import io.plimsoll.schemas.avro.Price;

/** Records as tests need them. */
final class Records {

    private Records() {}

    static Price price(String symbol, double mark) {
        return new Price("sim", symbol, mark, null, null, null, null, 1.0, null, null);
    }

    static Position position(String account, String symbol, double size) {
        return new Position(
                "sim", account, symbol, size, 100.0, MarginMode.CROSS, null, null, null, null, null, null, null, null);
    }

    static Collateral usdc(String account, double quantity) {
        return new Collateral("sim", account, "USDC", quantity, 1.0, 1.0, null, null);
    }
}
