package io.plimsoll.risk.option;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The open contracts of all options on one underlying, at one moment. Sums are made in the order of the list: the same list
 * gives the same numbers to the last bit.
 */
public final class OptionBook {

    private final List<OpenOption> options;
    private final List<Greeks> now;
    private final long nowMs;

    /**
     * A book.
     *
     * @param options of which none has expired
     * @param nowMs epoch milliseconds
     */
    public OptionBook(List<OpenOption> options, long nowMs) {
        this.options = List.copyOf(options);
        this.nowMs = nowMs;
        this.now = new ArrayList<>(options.size());
        for (OpenOption option : this.options) {
            now.add(option.model(1, nowMs));
        }
    }

    /** Everything. */
    public GreekTotals totals() {
        GreekTotals totals = GreekTotals.NONE;
        for (int i = 0; i < options.size(); i++) {
            totals = totals.plus(options.get(i), now.get(i));
        }
        return totals;
    }

    /** By strike. */
    public SortedMap<Double, GreekTotals> byStrike() {
        SortedMap<Double, GreekTotals> totals = new TreeMap<>();
        for (int i = 0; i < options.size(); i++) {
            OpenOption option = options.get(i);
            totals.put(
                    option.strike(),
                    totals.getOrDefault(option.strike(), GreekTotals.NONE).plus(option, now.get(i)));
        }
        return totals;
    }

    /** By expiry, epoch milliseconds. */
    public SortedMap<Long, GreekTotals> byExpiry() {
        SortedMap<Long, GreekTotals> totals = new TreeMap<>();
        for (int i = 0; i < options.size(); i++) {
            OpenOption option = options.get(i);
            totals.put(
                    option.expiryMs(),
                    totals.getOrDefault(option.expiryMs(), GreekTotals.NONE).plus(option, now.get(i)));
        }
        return totals;
    }

    /**
     * What a move of all forwards would have hedgers trade: the model's delta there less the model's delta now.
     *
     * @param shock change of the price, fraction, above -1
     */
    public HedgePoint at(double shock) {
        double gross = 0;
        double dealers = 0;
        double notional = 0;
        double value = 0;
        for (int i = 0; i < options.size(); i++) {
            OpenOption option = options.get(i);
            Greeks then = shock == 0 ? now.get(i) : option.model(1 + shock, nowMs);
            double gained = (then.delta() - now.get(i).delta()) * option.openInterest();
            gross += Math.abs(gained);
            dealers -= option.right().dealerSign() * gained;
            notional += Math.abs(then.delta()) * option.openInterest() * option.forward() * (1 + shock);
            value += then.value() * option.openInterest();
        }
        return new HedgePoint(shock, gross, dealers + 0.0, value > 0 ? notional / value : Double.NaN);
    }

    /**
     * How far the venue's deltas are from the model's, weighted by open interest, base units per base unit, >= 0. A venue
     * that counts delta in coins, its premium taken off, is off by the option's price.
     *
     * @return NaN where the venue reports none
     */
    public double venueDeltaGap() {
        double gap = 0;
        double open = 0;
        for (int i = 0; i < options.size(); i++) {
            Double delta = options.get(i).venueDelta();
            if (delta != null) {
                gap += Math.abs(delta - now.get(i).delta()) * options.get(i).openInterest();
                open += options.get(i).openInterest();
            }
        }
        return open > 0 ? gap / open : Double.NaN;
    }
}
