package io.plimsoll.oracle;

import io.plimsoll.oracle.AccountRecount.Contribution;
import io.plimsoll.schemas.avro.Ladder;
import io.plimsoll.schemas.avro.Rung;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rungs by liquidation price say beside sizes and counts: penalties, and the largest position where it is known. */
record RungComparison(String subject, MarketRecount market) {

    private static final double ROUNDING = 1e-9;

    List<String> of(Ladder actual) {
        List<String> lines = new ArrayList<>();
        for (Rung rung : actual.getLiquidation()) {
            penalty(rung, "long", rung.getLongSize(), rung.getLongPenaltyUsd(), lines);
            penalty(rung, "short", rung.getShortSize(), rung.getShortPenaltyUsd(), lines);
            largest(rung, true, rung.getLargestLongSize(), rung.getLargestLongAccount(), lines);
            largest(rung, false, rung.getLargestShortSize(), rung.getLargestShortAccount(), lines);
        }
        for (Rung rung : actual.getBankruptcy()) {
            if (rung.getLongPenaltyUsd() != null || rung.getLargestLongSize() != null) {
                lines.add(subject + ": expected nothing but sizes and counts by bankruptcy price, actual " + rung);
            }
        }
        return lines;
    }

    private void penalty(Rung rung, String side, double size, @Nullable Double actual, List<String> lines) {
        double expected = LadderRecount.penaltyUsd(market, rung.getBucket(), size);
        if (actual == null || Math.abs(actual - expected) > ROUNDING * expected) {
            lines.add(subject + ": bucket " + rung.getBucket() + " " + side + " penalty: expected " + expected
                    + ", actual " + actual);
        }
    }

    /** A bucket in which rounding in doubles decides is left out. */
    private void largest(
            Rung rung, boolean isLong, @Nullable Double size, @Nullable String account, List<String> lines) {
        Contribution largest = null;
        for (Contribution each : market.contributions()) {
            Placement placement = each.liquidation();
            if (each.open().isLong() != isLong) {
                continue;
            }
            if (placement.isUncertain()
                    && placement.lowest() <= rung.getBucket()
                    && placement.highest() >= rung.getBucket()) {
                return;
            }
            Integer bucket = placement.bucket();
            if (bucket != null
                    && bucket == rung.getBucket()
                    && (largest == null || lots(each).compareTo(lots(largest)) > 0)) {
                largest = each;
            }
        }
        double truth = largest == null ? 0 : LadderRecount.size(market, rung.getBucket(), lots(largest));
        boolean right = size == null
                ? account == null
                : largest != null
                        && account != null
                        && Math.abs(size - truth) <= ROUNDING * truth
                        && isOf(account, rung, lots(largest));
        if (!right) {
            lines.add(subject + ": bucket " + rung.getBucket() + " largest " + (isLong ? "long" : "short")
                    + ": expected " + truth + ", actual " + size + " of " + account);
        }
    }

    /** Of two equal ones either may be named. */
    private boolean isOf(String account, Rung rung, BigInteger lots) {
        return market.contributions().stream()
                .anyMatch(each -> account.endsWith(each.open().position().getAccount())
                        && Integer.valueOf(rung.getBucket())
                                .equals(each.liquidation().bucket())
                        && lots(each).equals(lots));
    }

    private static BigInteger lots(Contribution contribution) {
        return contribution.open().lots().abs();
    }
}
