package io.plimsoll.topology.accounts;

import io.plimsoll.schemas.avro.AccountRisk;
import io.plimsoll.schemas.avro.MarginCallState;
import io.plimsoll.schemas.avro.PositionRisk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of an account near its line, what lists of such accounts are chosen and ordered by; the rest is in its {@link AccountRisk}.
 * Kept in memory for each of them, so it is small.
 *
 * @param distance smallest common move that liquidates it, a fraction, negative is a fall; NaN: none does
 * @param marginRatio requirement over backing; NaN: there is no backing
 * @param equityUsd US dollars; may be negative
 * @param forcedNotionalUsd what would be sold or bought first, US dollars, not negative
 * @param symbols of its open positions
 */
public record NearAccount(
        MarginCallState state,
        double distance,
        double marginRatio,
        double equityUsd,
        double forcedNotionalUsd,
        List<String> symbols) {

    /** That of a record. */
    public static NearAccount of(AccountRisk risk) {
        return new NearAccount(
                risk.getState(),
                orNaN(risk.getDistance()),
                orNaN(risk.getMarginRatio()),
                risk.getEquityUsd(),
                risk.getForcedNotionalUsd(),
                risk.getPositions().stream().map(PositionRisk::getSymbol).toList());
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
