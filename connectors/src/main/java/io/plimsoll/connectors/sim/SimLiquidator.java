package io.plimsoll.connectors.sim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Closes what falls below its maintenance margin at the mark price: an isolated position by itself, cross positions by
 * their account. Positions of more than {@value #PARTIAL_ABOVE_USD} USD go by a fifth at a time, unless equity is below
 * two thirds of the maintenance margin.
 */
final class SimLiquidator {

    static final double PARTIAL_ABOVE_USD = 100_000;

    private static final long PARTS = 5;
    private static final double BACKSTOP_SHARE = 2.0 / 3;

    private final SimVenue venue;
    private final SimTraders traders;
    private long liquidations;
    /** Since they were last taken. */
    private final List<SimLiquidation> untold = new ArrayList<>();

    SimLiquidator(SimVenue venue, SimTraders traders) {
        this.venue = venue;
        this.traders = traders;
    }

    /** Forced closings so far, parts counted each. */
    long liquidations() {
        return liquidations;
    }

    /** Forced closings since this was last asked, in order. */
    List<SimLiquidation> takeUntold() {
        List<SimLiquidation> taken = List.copyOf(untold);
        untold.clear();
        return taken;
    }

    void sweep() {
        for (SimAccount account : venue.accounts) {
            if (!account.positions.isEmpty()) {
                sweepIsolated(account);
                sweepCross(account);
                venue.forgiveDebt(account);
            }
        }
    }

    private void sweepIsolated(SimAccount account) {
        for (SimPosition position : matching(account, each -> each.isolated)) {
            double equityUsd = (position.isolatedMarginMicros + position.unrealisedMicros()) / SimAccount.MICROS;
            double maintenanceUsd = position.maintenanceUsd();
            if (equityUsd < maintenanceUsd) {
                closePart(account, position, equityUsd < maintenanceUsd * BACKSTOP_SHARE);
            }
        }
    }

    private void sweepCross(SimAccount account) {
        if (account.crossEquityUsd() >= account.crossMaintenanceUsd()) {
            return;
        }
        List<SimPosition> positions = matching(account, each -> !each.isolated);
        positions.sort(Comparator.comparingDouble(SimPosition::notionalUsd).reversed());
        for (SimPosition position : positions) {
            double equityUsd = account.crossEquityUsd();
            double maintenanceUsd = account.crossMaintenanceUsd();
            if (equityUsd >= maintenanceUsd) {
                return;
            }
            closePart(account, position, equityUsd < maintenanceUsd * BACKSTOP_SHARE);
        }
    }

    private static List<SimPosition> matching(SimAccount account, Predicate<SimPosition> wanted) {
        return new ArrayList<>(
                account.positions.values().stream().filter(wanted).toList());
    }

    private void closePart(SimAccount account, SimPosition position, boolean whole) {
        if (position.lots == 0) {
            // An earlier closing of this sweep took this position as its other side.
            return;
        }
        boolean part = !whole && position.notionalUsd() > PARTIAL_ABOVE_USD;
        long lots = part ? position.lots / PARTS : position.lots;
        long closed = lots == 0 ? position.lots : lots;
        double price = position.market.markPrice();
        traders.close(account, position, -closed);
        liquidations++;
        untold.add(new SimLiquidation(liquidations, account, position.market, closed, price));
    }
}
