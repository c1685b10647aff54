package io.plimsoll.risk.recorded;

import io.plimsoll.risk.LinearMargin;
import io.plimsoll.risk.MarginTable;
import io.plimsoll.risk.Side;

/**
 * A recorded position and the liquidation price that the venue gave it.
 *
 * @param quantity base units, > 0
 * @param mark mark price, quote units: the venue's position value over its size
 * @param reported the venue's liquidation price; NaN where it gave none
 */
record CrossPosition(String coin, Side side, double quantity, double mark, double reported) {

    static CrossPosition of(String coin, double signedSize, double positionValueUsd, double reported) {
        double quantity = Math.abs(signedSize);
        return new CrossPosition(
                coin,
                signedSize > 0 ? Side.LONG : Side.SHORT,
                quantity,
                Math.abs(positionValueUsd) / quantity,
                reported);
    }

    /** Maintenance margin at the mark price, USD. */
    double maintenanceUsd(MarginTable table) {
        return table.maintenance(quantity * mark);
    }

    /**
     * The account's equity less all its maintenance margin, USD, for which the reported price is the liquidation price:
     * when the price goes there from the mark, that much is lost or needed as additional maintenance.
     */
    double impliedAvailableUsd(MarginTable table) {
        return table.maintenance(quantity * reported)
                - maintenanceUsd(table)
                - side.sign() * quantity * (reported - mark);
    }

    /** The liquidation price in an account with so much equity above its maintenance margin. */
    double liquidationPrice(MarginTable table, double availableUsd) {
        // Restated at the mark price: equity without this position's own maintenance.
        return LinearMargin.liquidationPrice(side, quantity, mark, availableUsd + maintenanceUsd(table), table);
    }

    /** Relative difference of the computed from the reported liquidation price; infinite where there is no computed. */
    double error(MarginTable table, double availableUsd) {
        double computed = liquidationPrice(table, availableUsd);
        return Double.isNaN(computed) ? Double.POSITIVE_INFINITY : Math.abs(computed / reported - 1);
    }
}
