package io.plimsoll.connectors.hyperliquid;

import io.plimsoll.connectors.hyperliquid.AccountState.Holding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What is kept of an account that is followed: what was last written of it, and when to look again. */
final class FollowedAccount {

    /** Beyond this distance from its liquidation price an account is as far as one that holds nothing. */
    private static final double FAR = 0.5;

    /** What is assumed of one that was not looked at yet: it should neither wait long nor push the near ones aside. */
    private static final double UNKNOWN = 0.1;

    /** An account that was seen in a trade may wait this part of the time. */
    private static final double TOUCHED = 0.1;

    final String address;

    /** Whether it was asked for by name; others may make way. */
    final boolean isPinned;

    /** The venue's time of the newest state known, epoch milliseconds. */
    long timeMs;

    /** Fingerprint of the state last written; empty: none. */
    String written = "";

    long writtenMs;

    /** Whether a balance stands on the topic. */
    boolean hasCollateral;

    /** Since when its fills are still to be looked through, because a position of it shrank, epoch milliseconds; else 0. */
    long shrunkSinceMs;

    /** What that balance is in; empty where nothing was written. */
    String asset = "";

    /** Sizes of the positions that stand on the topic, base units. */
    Map<String, BigDecimal> sizes = new LinkedHashMap<>();

    /** When the venue last answered, by our clock; and when the account was last seen in a trade. */
    long answeredMs;

    long touchedMs;

    boolean isAsked;

    /** Not to be asked for before, by our clock. */
    long leftOutUntilMs = Long.MIN_VALUE;

    /** Null: not looked at yet. */
    private @Nullable List<Holding> holdings;

    /** @param seenMs when it was first heard of, by our clock; it is due from then on */
    FollowedAccount(String address, boolean isPinned, long seenMs) {
        this.address = address;
        this.isPinned = isPinned;
        this.answeredMs = seenMs;
        this.touchedMs = seenMs;
    }

    void holds(List<Holding> now) {
        holdings = now;
    }

    boolean isFlat() {
        return sizes.isEmpty() && !hasCollateral;
    }

    /** Whether a position of it became smaller, changed sides or went: in a liquidation perhaps. */
    boolean shrinksTo(Map<String, BigDecimal> next) {
        for (Map.Entry<String, BigDecimal> before : sizes.entrySet()) {
            BigDecimal after = next.get(before.getKey());
            if (after == null
                    || after.signum() != before.getValue().signum()
                    || after.abs().compareTo(before.getValue().abs()) < 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * How overdue it is: how long it has not been looked at, as a multiple of how long it may go without. The nearer one
     * of its positions is to its liquidation price, the shorter that is; and shorter still for an account seen in a trade.
     *
     * @param marks newest marks by market, NaN where unknown
     */
    double urgency(long nowMs, long shortestMs, long longestMs, ToDoubleFunction<String> marks) {
        double interval = interval(shortestMs, longestMs, marks);
        if (holdings == null) {
            return 1 + (nowMs - answeredMs) / interval;
        }
        if (touchedMs > answeredMs) {
            interval = Math.max(shortestMs, TOUCHED * interval);
        }
        return (nowMs - answeredMs) / interval;
    }

    private double interval(long shortestMs, long longestMs, ToDoubleFunction<String> marks) {
        double part = Math.min(1, distance(marks) / FAR);
        return shortestMs + (longestMs - shortestMs) * part * part;
    }

    /** Distance of the nearest liquidation price, fraction of the mark; infinite where there is none. */
    double distance(ToDoubleFunction<String> marks) {
        List<Holding> known = holdings;
        if (known == null) {
            return UNKNOWN;
        }
        double nearest = Double.POSITIVE_INFINITY;
        for (Holding holding : known) {
            BigDecimal line = holding.liquidationPrice();
            if (line != null) {
                double newest = marks.applyAsDouble(holding.coin());
                double mark = newest > 0 ? newest : holding.mark().doubleValue();
                // Past its line is as near as it gets.
                nearest = Math.min(nearest, Math.max(0, holding.size().signum() * (mark - line.doubleValue()) / mark));
            }
        }
        return nearest;
    }

    /** What a later task needs to know, in one text. */
    String remembered() {
        StringBuilder text = new StringBuilder()
                .append(timeMs)
                .append(' ')
                .append(writtenMs)
                .append(' ')
                .append(written)
                .append(' ')
                .append(hasCollateral)
                .append(' ')
                .append(asset)
                .append(' ')
                .append(shrunkSinceMs);
        sizes.forEach((coin, size) -> text.append('\n').append(coin).append(' ').append(size));
        return text.toString();
    }

    /** Takes up what an earlier task knew. */
    void remember(String remembered) {
        List<String> lines = new ArrayList<>(List.of(remembered.split("\n", -1)));
        String[] first = lines.remove(0).split(" ", -1);
        timeMs = Long.parseLong(first[0]);
        writtenMs = Long.parseLong(first[1]);
        written = first[2];
        hasCollateral = Boolean.parseBoolean(first[3]);
        asset = first[4];
        shrunkSinceMs = Long.parseLong(first[5]);
        for (String line : lines) {
            int space = line.indexOf(' ');
            sizes.put(line.substring(0, space), new BigDecimal(line.substring(space + 1)));
        }
    }

    @Override
    public String toString() {
        return address;
    }
}
