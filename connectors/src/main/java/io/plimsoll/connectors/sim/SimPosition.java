package io.plimsoll.connectors.sim;

import io.plimsoll.schemas.avro.MarginMode;
import io.plimsoll.schemas.avro.Position;
import org.jspecify.annotations.Nullable;

/** An open position of a simulated account, in integers so that nothing is lost when it is added up. */
final class SimPosition {

    final SimMarket market;
    final boolean isolated;
    final double leverage;

    /** Positive long, negative short. */
    long lots;
    /** What the lots cost, signed as they are. */
    long costMicros;
    /** Collateral of an isolated position without its unrealised profit. */
    long isolatedMarginMicros;

    SimPosition(SimMarket market, boolean isolated, double leverage) {
        this.market = market;
        this.isolated = isolated;
        this.leverage = leverage;
    }

    long unrealisedMicros() {
        return market.valueMicros(lots, market.markPrice()) - costMicros;
    }

    double notionalUsd() {
        return Math.abs(market.notionalUsd(lots));
    }

    double maintenanceUsd() {
        return market.instrument.maintenanceUsd(notionalUsd());
    }

    Position toRecord(String account) {
        double size = lots / market.lotsPerUnit;
        @Nullable Double isolatedMargin = isolated ? isolatedMarginMicros / SimAccount.MICROS : null;
        return new Position(
                ListedInstrument.VENUE,
                account,
                market.instrument.symbol(),
                size,
                costMicros / SimAccount.MICROS / size,
                isolated ? MarginMode.ISOLATED : MarginMode.CROSS,
                isolatedMargin,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
