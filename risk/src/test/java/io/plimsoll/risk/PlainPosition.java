package io.plimsoll.risk;

/** An isolated position as an account statement has it, by the formulas of the contract alone. */
public final class PlainPosition {

    private PlainPosition() {}

    /** In dollars; of an inverse contract its face. */
    public static double notional(OpenPosition position, double mark) {
        return isInverse(position) ? position.quantity() : position.quantity() * mark;
    }

    /** Own equity as a share of the notional: one over the leverage. */
    public static double share(OpenPosition position, double mark) {
        double now = isInverse(position) ? position.quantity() / mark : position.quantity() * mark;
        double entry = position.contract().settleUnits(position.entryAmount());
        double gained = isInverse(position) ? entry - now : now - entry;
        return (margin(position) + position.side().sign() * gained) / now;
    }

    /** What a move earns, in dollars: coins gained, at the price of the end. */
    public static double profitUsd(OpenPosition position, double before, double after) {
        double gained = isInverse(position)
                ? (position.quantity() / before - position.quantity() / after) * after
                : position.quantity() * (after - before);
        return position.side().sign() * gained;
    }

    /**
     * The price at which equity is a part of the notional; NaN where no price is.
     *
     * @param rate that part: a maintenance rate
     */
    public static double line(OpenPosition position, double rate) {
        int sign = position.side().sign();
        double size = position.quantity();
        double entry = position.contract().settleUnits(position.entryAmount());
        double price = isInverse(position)
                ? size * (rate + sign) / (margin(position) + sign * entry)
                : (entry - sign * margin(position)) / size / (1 - sign * rate);
        return price > 0 ? price : Double.NaN;
    }

    private static boolean isInverse(OpenPosition position) {
        return position.contract().shape() == Shape.INVERSE;
    }

    private static double margin(OpenPosition position) {
        Long isolated = position.isolatedMargin();
        return position.contract().settleUnits(isolated == null ? 0 : isolated);
    }
}
