package io.plimsoll.oracle;

import java.math.BigDecimal;
import java.util.List;

/** Where a position with a given backing is liquidated, and where it is bankrupt. */
final class Lines {

    private Lines() {}

    /** @param margin what counts as margin beside the position's own profit, settle units */
    static Placement liquidation(OpenPosition position, Backing margin) {
        List<OpenPosition.Tier> tiers = position.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            OpenPosition.Tier tier = tiers.get(i);
            Backing backing = new Backing(
                    margin.amount().add(tier.deduction()),
                    margin.terms().add(tier.deduction().abs()));
            // The tier that the line itself falls into, not the tier of today's notional.
            boolean last = i == tiers.size() - 1;
            BigDecimal notional = position.isInverse()
                    ? inverseNotional(position, backing.amount(), tier.rate())
                    : position.size().multiply(linearLine(position, backing.amount(), rate(position, tier)));
            if (last || notional.compareTo(tiers.get(i + 1).floor()) < 0) {
                return position.isInverse()
                        ? inverse(position, backing, tier.rate(), notional)
                        : linear(position, backing, rate(position, tier));
            }
        }
        throw new IllegalStateException("a margin table needs a tier: " + position);
    }

    /** @param cash what is owned beside the position's own profit, settle units */
    static Placement bankruptcy(OpenPosition position, Backing cash) {
        if (!position.isInverse()) {
            return linear(position, cash, BigDecimal.ZERO);
        }
        BigDecimal notional = atEntry(position).add(position.side().multiply(cash.amount()));
        return Placement.inverse(
                position.isLong(), position.size(), notional, atEntry(position).add(cash.terms()));
    }

    private static BigDecimal rate(OpenPosition position, OpenPosition.Tier tier) {
        return tier.rate().add(position.ratePerUnit().multiply(position.size()));
    }

    private static Placement linear(OpenPosition position, Backing backing, BigDecimal rate) {
        BigDecimal terms = position.entryPrice()
                .add(backing.terms().divide(position.size(), Exact.DIGITS))
                .divide(slope(position, rate).abs(), Exact.DIGITS);
        return Placement.of(position.isLong(), linearLine(position, backing.amount(), rate), terms);
    }

    /** The price at which backing + profit = rate x notional. */
    private static BigDecimal linearLine(OpenPosition position, BigDecimal backing, BigDecimal rate) {
        BigDecimal perUnit = backing.multiply(position.side()).divide(position.size(), Exact.DIGITS);
        return position.entryPrice().subtract(perUnit).divide(slope(position, rate), Exact.DIGITS);
    }

    private static BigDecimal slope(OpenPosition position, BigDecimal rate) {
        return BigDecimal.ONE.subtract(position.side().multiply(rate));
    }

    private static Placement inverse(OpenPosition position, Backing backing, BigDecimal rate, BigDecimal notional) {
        BigDecimal terms = atEntry(position)
                .add(backing.terms())
                .divide(rate.add(position.side()).abs(), Exact.DIGITS);
        return Placement.inverse(position.isLong(), position.size(), notional, terms);
    }

    /** Coins that the position is worth at its line: backing + s (K/e - n) = (m + k n) n. */
    private static BigDecimal inverseNotional(OpenPosition position, BigDecimal backing, BigDecimal rate) {
        BigDecimal constant = backing.add(position.side().multiply(atEntry(position)));
        BigDecimal slope = rate.add(position.side());
        BigDecimal perUnit = position.ratePerUnit();
        if (perUnit.signum() == 0) {
            return constant.divide(slope, Exact.DIGITS);
        }
        // k n^2 + (m + s) n - constant = 0; of a short's two roots the smaller notional is the nearer one.
        BigDecimal root = slope.multiply(slope)
                .add(perUnit.multiply(constant).multiply(BigDecimal.valueOf(4)))
                .sqrt(Exact.DIGITS);
        return root.multiply(BigDecimal.valueOf(position.isLong() ? 1 : -1))
                .subtract(slope)
                .divide(perUnit.multiply(BigDecimal.valueOf(2)), Exact.DIGITS);
    }

    private static BigDecimal atEntry(OpenPosition position) {
        return position.notionalAt(position.entryPrice());
    }
}
