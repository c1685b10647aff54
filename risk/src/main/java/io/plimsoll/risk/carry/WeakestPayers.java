package io.plimsoll.risk.carry;

import io.plimsoll.risk.Ladder;
import io.plimsoll.risk.PriceGrid;
import io.plimsoll.risk.Ranks;
import io.plimsoll.risk.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long the weakest positions of the side that pays funding can go on paying while the price stands still: distance to
 * the line over the rate per hour, both as fractions of the price. Holds up to the maintenance rate m: equity above
 * maintenance is (1 - m) of the distance of a long, (1 + m) of that of a short. To within half a cell of the ladder.
 */
public final class WeakestPayers {

    private final Side payers;
    private final double ratePerHour;

    private WeakestPayers(Side payers, double ratePerHour) {
        this.payers = payers;
        this.ratePerHour = ratePerHour;
    }

    /**
     * Whoever pays at a rate.
     *
     * @param fundingRate8h fraction of notional per 8 hours, positive: longs pay; null where not reported
     * @return null where nobody is known to pay
     */
    public static @Nullable WeakestPayers at(@Nullable Double fundingRate8h) {
        return fundingRate8h == null || fundingRate8h == 0
                ? null
                : new WeakestPayers(
                        fundingRate8h > 0 ? Side.LONG : Side.SHORT, Math.abs(fundingRate8h) / FundingBurden.RATE_HOURS);
    }

    /** The side that pays. */
    public Side side() {
        return payers;
    }

    /**
     * Hours until funding alone has brought a part of the side to its lines, the nearest first.
     *
     * @param liquidation size by liquidation price, rising
     * @param sideLots size of the side, those that no price liquidates too
     * @param markPrice quote units per base unit
     * @param percent of the side's size, 1 to 100
     * @return 0 or more, 0: they are past their lines; null where less than that has a line
     */
    public @Nullable Double hours(List<Ladder.Rung> liquidation, long sideLots, double markPrice, int percent) {
        long wanted = Ranks.upTo(percent, sideLots);
        long reached = 0;
        boolean longs = payers == Side.LONG;
        for (int i = 0; i < liquidation.size(); i++) {
            Ladder.Rung rung = liquidation.get(longs ? liquidation.size() - 1 - i : i);
            long lots = longs ? rung.longLots() : rung.shortLots();
            reached += lots;
            if (lots > 0 && reached >= wanted) {
                double line = PriceGrid.LADDER.middle(rung.bucket());
                return Math.max(0, payers.sign() * (1 - line / markPrice)) / ratePerHour;
            }
        }
        return null;
    }
}
